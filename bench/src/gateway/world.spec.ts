import { sizes, worldFrom } from './world';

describe('the world', () => {
  const world = worldFrom(1);

  it('is the same for the same seed, in every process', () => {
    expect(worldFrom(1)).toEqual(world);
    expect(worldFrom(2)).not.toEqual(world);
  });

  it('has the sizes that the bench speaks of', () => {
    expect(world.enforcement.cases).toHaveLength(sizes.cases);
    expect(world.adr.cases).toHaveLength(sizes.cases);
    expect(world.inspection.enterprises).toHaveLength(sizes.enterprises);
    expect(world.credit.files).toHaveLength(sizes.enterprises);
    expect(world.inspection.drugs).toHaveLength(sizes.drugs);
  });

  it('has no reference into nothing and no key twice', () => {
    const usccs = new Set(world.inspection.enterprises.map((e) => e.uscc));
    const drugs = new Set(world.inspection.drugs.map((d) => d.id));
    expect([usccs.size, drugs.size, new Set(world.enforcement.cases.map((c) => c.id)).size]).toEqual([sizes.enterprises, sizes.drugs, sizes.cases]);
    expect(world.enforcement.cases.filter((c) => !usccs.has(c.enterprise.uscc))).toEqual([]);
    expect(world.adr.cases.flatMap((c) => c.adverseReactionReports).filter((r) => !drugs.has(r.drug.id))).toEqual([]);
  });
});
