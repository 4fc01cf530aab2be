/** A word of a command as a shell takes it, whatever is in it. */
const quoted = (word: string): string => (/^[A-Za-z0-9_./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** What somebody who has just started the hub can do next: a command that prints a token, and one that asks something with it. */
export function firstSteps(url: string, dataDir: string | null): string {
  const token = `${dataDir === null ? '' : `HUB_DATA_DIR=${quoted(dataDir)} `}npm run --silent token -- --agency MRA-210100`;
  const body = JSON.stringify({ query: '{ cases(first: 3) { totalCount nodes { caseNo status enterprise { name riskTier } } } }' });
  return [
    `A development token: ${token} --officer MRA-210100-2`,
    `A query to try: curl -s ${quoted(url)} -H 'content-type: application/json' -H "authorization: Bearer $(${token})" -d '${body}'`,
    '',
  ].join('\n');
}
