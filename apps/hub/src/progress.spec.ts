import { createLogger } from '@casebridge/platform';
import { progressDisplay, type ProgressStream } from './progress';

/** A terminal as far as it is needed here: what was printed, line by line, after all that was overwritten. */
function terminal(columns = 80): ProgressStream & { lines(): string[] } {
  let text = '';
  return {
    isTTY: true, columns,
    write: (more: string) => (text += more),
    lines: () => text.split('\n').map((line) => line.split('\u001B[2K').at(-1)!.split('\r').at(-1)!),
  };
}

/** A file or a pipe: everything stays as it was written. */
function plain(): ProgressStream & { text(): string } {
  let text = '';
  return { write: (more: string) => (text += more), text: () => text };
}

const clock = { now: () => new Date('2026-11-22T00:00:00Z') };

describe('progress on a terminal', () => {
  it('is one line that redraws itself', () => {
    const out = terminal();
    const display = progressDisplay(out);
    display.show('demo data: cases', 0);
    display.show('demo data: cases', 0.5);
    expect(out.lines()).toEqual([`[${'#'.repeat(15)}${'.'.repeat(15)}] 50% demo data: cases`]);
    display.show('statistics', 1);
    display.end();
    expect(out.lines()).toEqual([`[${'#'.repeat(30)}] 100% statistics`, '']);
  });

  it('is not torn by log lines on the same stream: each is whole on a line of its own, and the bar is below them', () => {
    const out = terminal();
    const display = progressDisplay(out);
    const logger = createLogger({ name: 'hub', clock, to: display });
    logger.info('before the bar');
    display.show('demo data: cases', 0.1);
    logger.info('while it grows');
    logger.warn({ tried: 1 }, 'and again');
    display.show('demo data: cases', 0.2);
    const lines = out.lines();
    expect(lines.slice(0, 3).map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['before the bar', 'while it grows', 'and again']);
    expect(lines.slice(3)).toEqual([expect.stringMatching(/^\[#+\.+\] 20% demo data: cases$/)]);
    display.end();
    logger.info('after the bar');
    expect(out.lines().at(-2)).toContain('after the bar');
  });

  it('never grows longer than the terminal is wide, where it could not be cleared', () => {
    const out = terminal(40);
    progressDisplay(out).show('demo data: a step with a long name', 1.7);
    expect(out.lines()).toEqual([expect.stringMatching(/^\[#{30}\] 100%/)]);
    expect(out.lines()[0]!.length).toBeLessThan(40);
  });

  it('leaves no empty line when nothing was shown', () => {
    const out = terminal();
    progressDisplay(out).end();
    expect(out.lines()).toEqual(['']);
  });
});

describe('progress in a file or a pipe', () => {
  it('is a plain line per step, without control characters, between log lines', () => {
    const out = plain();
    const display = progressDisplay(out);
    const logger = createLogger({ name: 'hub', clock, to: display });
    for (const share of [0, 0.3, 0.6]) display.show('demo data: cases', share);
    logger.info('a line');
    display.show('demo data: reports', 0.7);
    display.show('statistics', 1);
    display.end();
    const lines = out.text().split('\n');
    expect(lines).toEqual(['demo data: cases', expect.stringContaining('"msg":"a line"'), 'demo data: reports', 'statistics', '']);
    expect(out.text()).not.toMatch(/[\r\u001B]/);
  });
});
