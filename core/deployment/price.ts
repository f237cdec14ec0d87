/** A price as the provider lists it. */
export interface Price {
  /** What is paid for so many. */
  usd: number;
  per: number;
  /** What is counted: `alarm-month`. */
  unit: string;
  /** How many an account gets for nothing each month, for ever. @default none */
  free?: number;
  /** Where it was read. */
  source: string;
}
