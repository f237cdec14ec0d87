/** Where the pages of a deployment lead to. */
export interface Deployment {
  name: string;
  stage: string;
  /** For links into the console. @default none to single alarms */
  region?: string | undefined;
}
