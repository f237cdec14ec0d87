/** A price as the provider lists it. */
export interface Price {
  /** The price in USD for `per` units. */
  usd: number;
  per: number;
  /** The billed unit: `alarm-month`. */
  unit: string;
  /** The free units of an account each month, without an end date. @default none */
  free?: number;
  /** The page or file where the price was published. */
  source: string;
}
