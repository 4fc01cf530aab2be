import type { Scale } from '../scales';

/** How much there is of everything. The year of a province: five-year figures of a provincial plan, by five. */
export interface Size {
  readonly enterprises: number;
  readonly products: number;
  /** Cases, of which `decisions` end in a penalty decision. */
  readonly cases: number;
  readonly decisions: number;
  readonly inspections: number;
  readonly defects: number;
  readonly reports: number;
  readonly complaints: number;
  /** How far back cases reach. */
  readonly days: number;
  /** Whether there are the more cases the nearer to today: a few old ones, whose publication is over, and many new ones. */
  readonly mostlyRecent: boolean;
  /** Share of cases and enterprises of the second province, which at national scale stands in for the rest of the country. */
  readonly elsewhere: number;
}

export const sizes: Readonly<Record<Scale, Size>> = {
  demo: {
    enterprises: 340, products: 420, cases: 680, decisions: 470, inspections: 1_600, defects: 900, reports: 760, complaints: 460,
    days: 1_500, mostlyRecent: true, elsewhere: 0.14,
  },
  'province-year': {
    enterprises: 12_000, products: 9_000, cases: 9_150, decisions: 7_600, inspections: 99_000, defects: 9_600, reports: 30_000, complaints: 12_000,
    days: 365, mostlyRecent: false, elsewhere: 0.08,
  },
  nation: {
    enterprises: 650_000, products: 120_000, cases: 560_000, decisions: 500_000, inspections: 900_000, defects: 450_000, reports: 1_000_000,
    complaints: 300_000, days: 1_095, mostlyRecent: false, elsewhere: 0.94,
  },
};
