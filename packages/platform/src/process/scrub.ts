/** Anything that could start a new log line, hide text from the eye or turn its direction: control, format, line and paragraph characters. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
const loneSurrogate = /\p{Cs}/gu;
const jwt = /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]*)*/g;
const bearer = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/gi;
const urlPassword = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s@]*@/gi;
/** 居民身份证号码 (GB 11643): 17 digits and a check character. A 统一社会信用代码 of digits alone is masked with it, which costs nothing. */
const residentNumber = /(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])/g;
const mobileNumber = /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)/g;
const maxLength = 4_000;

/**
 * A text that may be logged: on one line, without direction tricks, at most 4000 characters, and with tokens, passwords in
 * URLs, resident and mobile numbers masked. A net below the rule that values are not logged at all, not a leave to log them.
 */
export function scrub(text: string): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return cut
    .replace(invisible, ' ')
    .replace(loneSurrogate, '\ufffd')
    .replace(bearer, '$1 [redacted]')
    .replace(jwt, '[redacted]')
    .replace(urlPassword, '$1[redacted]@')
    .replace(residentNumber, '[redacted]')
    .replace(mobileNumber, '[redacted]');
}
