/** The four services of the hub; also the names of their databases and of their streams on the bus. */
export const serviceNames = ['inspection', 'enforcement', 'credit', 'adr'] as const;
export type ServiceName = (typeof serviceNames)[number];
