import { EventEmitter } from 'node:events';
import type { ToPrimary, ToWorker } from './messages';
import { primaryLink } from './primary-link';

class Channel extends EventEmitter {
  readonly said: ToPrimary[] = [];
  send(message: ToPrimary): boolean {
    return this.said.push(message) > 0;
  }
  hear(message: ToWorker): void {
    this.emit('message', message);
  }
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the link to the primary', () => {
  it('gives what was prepared, also to who asks for it later', async () => {
    const channel = new Channel();
    const link = primaryLink(channel);
    channel.emit('message', { cmd: 'NODE_CLUSTER' });
    expect(channel.said).toEqual([{ hub: 'here' }]);
    channel.hear({ hub: 'begin', value: { port: 1 } });
    expect(await link.begin).toEqual({ port: 1 });
  });

  it('answers by name, and says what went wrong', async () => {
    const channel = new Channel();
    const link = primaryLink(channel);
    channel.hear({ hub: 'ask', id: 1, what: 'health', params: null });
    link.answers({ health: () => Promise.resolve('well'), broken: () => { throw new Error('it is broken'); } });
    channel.hear({ hub: 'ask', id: 2, what: 'health', params: null });
    channel.hear({ hub: 'ask', id: 3, what: 'broken', params: null });
    channel.hear({ hub: 'ask', id: 4, what: 'constructor', params: null });
    await settled();
    expect(channel.said).toEqual(expect.arrayContaining([
      { hub: 'failed', id: 1, reason: 'is not ready for this yet' }, { hub: 'answer', id: 2, value: 'well' }, { hub: 'failed', id: 3, reason: 'it is broken' },
      { hub: 'failed', id: 4, reason: 'is not ready for this yet' },
    ]));
  });

  it('passes on that it is time to end, also when it was said before anybody listened', () => {
    const channel = new Channel();
    const link = primaryLink(channel);
    channel.hear({ hub: 'drain' });
    const heard = jest.fn();
    link.onDrain(heard);
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('leaves Ctrl-C and the hanging up of a terminal to the primary, and nothing else', () => {
    const channel = new Channel();
    const { signals } = primaryLink(channel);
    const heard: string[] = [];
    for (const name of ['SIGINT', 'SIGTERM', 'uncaughtException']) signals.on(name, () => void heard.push(name));
    for (const name of ['SIGINT', 'SIGHUP', 'SIGTERM', 'uncaughtException']) expect(channel.emit(name)).toBe(true); // somebody listens: the default would end it
    expect(heard).toEqual(['SIGTERM', 'uncaughtException']);
  });
});
