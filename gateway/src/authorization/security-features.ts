import { createHash } from 'node:crypto';
import { Lexer, Source, type Token, TokenKind } from 'graphql';

/** Directives that this folder enforces, by the identity of their specification; how a supergraph calls them is its own affair. */
export const enforcedFeatures = {
  authenticated: 'https://specs.apollo.dev/authenticated',
  requiresScopes: 'https://specs.apollo.dev/requiresScopes',
  policy: 'https://specs.apollo.dev/policy',
} as const;

/** Enforced by the API schema, which does not have what is inaccessible. */
export const inaccessibleFeature = 'https://specs.apollo.dev/inaccessible';

const enforced: readonly string[] = Object.values(enforcedFeatures);

/** A supergraph as the planner may load it, and which supergraph it was. */
export interface PlannerSupergraph {
  readonly sdl: string;
  /** Of the supergraph as it was composed. */
  readonly hash: string;
}

/** SHA-256 of a supergraph's text. */
export const hashOf = (supergraphSdl: string): string => createHash('sha256').update(supergraphSdl).digest('hex');

/** Whether the text can hold one of the directives: spares supergraphs without them a second reading. */
export const mayBeProtected = (supergraphSdl: string): boolean => enforced.some((identity) => supergraphSdl.includes(identity));

/**
 * The supergraph without the mark `for: SECURITY` on the features that this folder enforces: the library refuses a supergraph
 * with security features that it does not know. A mark on any other feature stays, and the library refuses it.
 *
 * Whoever plans with this text must enforce the directives: see `Authorizer.assertEnforces`.
 *
 * @throws GraphQLError when the text has no tokens of GraphQL
 */
export function stripSecurity(supergraphSdl: string): PlannerSupergraph {
  const hash = hashOf(supergraphSdl);
  if (!mayBeProtected(supergraphSdl)) return { sdl: supergraphSdl, hash };
  let sdl = '';
  let at = 0;
  for (const { from, to } of securityMarks(supergraphSdl)) {
    sdl += supergraphSdl.slice(at, from);
    at = to;
  }
  return { sdl: sdl + supergraphSdl.slice(at), hash };
}

interface Mark {
  readonly from: number;
  readonly to: number;
}

/** Where `for: SECURITY` stands among the arguments of a directive whose `url` is that of an enforced feature. */
function securityMarks(sdl: string): Mark[] {
  const tokens = tokensOf(sdl);
  const marks: Mark[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]?.kind !== TokenKind.AT || tokens[i + 2]?.kind !== TokenKind.PAREN_L) continue;
    let mark: Mark | null = null;
    let isEnforced = false;
    for (i += 3; i < tokens.length && tokens[i]?.kind !== TokenKind.PAREN_R; i++) {
      const [before, name, colon, value] = tokens.slice(i - 1, i + 3);
      if (!before || !name || !value || name.kind !== TokenKind.NAME || colon?.kind !== TokenKind.COLON) continue;
      if (name.value === 'for' && value.kind === TokenKind.NAME && value.value === 'SECURITY') mark = { from: before.end, to: value.end };
      // `feature` is what the first version of the specification called `url`.
      if ((name.value === 'url' || name.value === 'feature') && isText(value)) isEnforced ||= enforced.some((identity) => value.value.startsWith(`${identity}/`));
    }
    if (mark && isEnforced) marks.push(mark);
  }
  return marks;
}

/** Up to the last place that can be a mark: in what is composed it stands at the head of a long text. */
function tokensOf(sdl: string): Token[] {
  const last = [...sdl.matchAll(/\bfor\s*:\s*SECURITY\b[^)]*/g)].at(-1);
  const end = last ? last.index + last[0].length : 0;
  const lexer = new Lexer(new Source(sdl));
  const tokens: Token[] = [];
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF && token.start < end; token = lexer.advance()) tokens.push(token);
  return tokens;
}

const isText = ({ kind }: Token): boolean => kind === TokenKind.STRING || kind === TokenKind.BLOCK_STRING;
