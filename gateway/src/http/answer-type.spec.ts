import { answerTypeFor } from './answer-type';

const json = 'application/json; charset=utf-8';
const modern = 'application/graphql-response+json; charset=utf-8';

it.each([
  [undefined, json], ['', json], ['*/*', json], ['application/*', json], ['application/json', json], ['application/graphql-response+json', modern],
  ['application/graphql-response+json, application/json;q=0.9', modern], ['application/graphql-response+json;q=0.5, application/json', json],
  ['text/html, application/json;q=0.1', json], ['image/png', null], ['application/json;q=0', null], [`text/html,${' '.repeat(300)}application/json`, json],
])('answers what takes %p, asked once or again', (accept, expected) => {
  expect([answerTypeFor(accept), answerTypeFor(accept)]).toEqual([expected, expected]);
});
