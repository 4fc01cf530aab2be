import { RecentCommits } from './recent-commits';

const at = (ms: number): Date => new Date(Date.UTC(2026, 10, 22) + ms);

describe('a request', () => {
  it('lost to an act that began in the millisecond of its arrival or later', () => {
    const commits = new RecentCommits();
    expect([at(9), at(10), at(11)].map((began) => commits.overtook('a', began, at(10)))).toEqual([false, true, true]);
  });

  it('lost to an act that began before its arrival and was committed after it', () => {
    const commits = new RecentCommits();
    commits.note('a', at(20));
    expect([at(19), at(20), at(21)].map((received) => commits.overtook('a', at(5), received))).toEqual([true, false, false]);
    expect(commits.overtook('b', at(5), at(19))).toBe(false);
  });
});

it('remembers no more than it is given room for, the latest first', () => {
  const commits = new RecentCommits(2);
  commits.note('a', at(20));
  commits.note('b', at(20));
  commits.note('a', at(21));
  commits.note('c', at(20));
  expect(['a', 'b', 'c'].map((id) => commits.overtook(id, at(0), at(10)))).toEqual([true, false, true]);
});
