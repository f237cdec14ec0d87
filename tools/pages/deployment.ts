/** The deployment to which the links of its pages lead. */
export interface Deployment {
  name: string;
  stage: string;
  /** The Region for links to the console. @default no links to single alarms */
  region?: string | undefined;
}
