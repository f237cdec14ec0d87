export const drawBacktest = (_: unknown, __: string): string => '';
