import { Deaths, restartPolicy } from './deaths';

it('pauses longer after each death, forgets deaths of long ago, and ends with the sixth within a minute', () => {
  const deaths = new Deaths(restartPolicy, () => 1);
  expect([0, 1_000, 2_000, 3_000, 4_000].map((at) => deaths.next(at))).toEqual([200, 400, 800, 1_600, 3_200]);
  expect(deaths.next(61_500)).toBe(1_600); // those of the first two seconds are forgotten
  expect([61_600, 61_700].map((at) => deaths.next(at))).toEqual([3_200, null]);
});

it('never pauses longer than said, and spreads the pauses', () => {
  const many = new Deaths({ ...restartPolicy, mostDeaths: 100 }, () => 0);
  expect(Array.from({ length: 9 }, (_, i) => many.next(i)).slice(-2)).toEqual([5_000, 5_000]);
});
