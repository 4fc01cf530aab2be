import { publicReader } from '@casebridge/kernel';
import { admit, assertAdmitted, isAdmitted } from './admission';
import { readerOf } from './identity.fixtures';

it('lets in the very object and nothing that looks like it', () => {
  const reader = admit(readerOf());
  expect(isAdmitted(reader)).toBe(true);
  const copies: unknown[] = [
    { ...reader },
    Object.assign({}, reader),
    structuredClone(reader),
    JSON.parse(JSON.stringify(reader)),
    Object.create(reader),
    new Proxy(reader, {}),
    Object.defineProperties({}, Object.getOwnPropertyDescriptors(reader)),
    readerOf(),
  ];
  for (const copy of copies) expect(isAdmitted(copy)).toBe(false);
});

it('leaves no trace on the object that could be copied', () => {
  const before = Reflect.ownKeys(readerOf());
  expect(Reflect.ownKeys(admit(readerOf()))).toEqual(before);
});

it('lets nobody widen a reader afterwards', () => {
  const reader = admit(readerOf());
  expect(() => Object.assign(reader, { officerId: 'B-1' })).toThrow(TypeError);
  expect(() => (reader.roles as string[]).push('head')).toThrow(TypeError);
  expect(() => (reader.scopes as string[]).push('adr:identity')).toThrow(TypeError);
  expect(() => (reader.agency.functions as string[]).push('POLICE')).toThrow(TypeError);
  expect(() => (reader.agency.regions as string[]).push('220000')).toThrow(TypeError);
  expect(() => Object.assign(reader.agency, { code: 'B' })).toThrow(TypeError);
});

it('takes nothing that is no object for admitted', () => {
  for (const value of [undefined, null, 'agency', 1, true, Symbol('x')]) expect(isAdmitted(value)).toBe(false);
  expect(() => assertAdmitted({ kind: 'public' })).toThrow(expect.objectContaining({ code: 'NOT_ADMITTED' }));
  expect(() => assertAdmitted(admit(publicReader))).not.toThrow();
});
