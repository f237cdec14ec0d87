import { CfnQueryDefinition, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Deployment } from './names.ts';

/**
 * The saved queries for CloudWatch Logs Insights. A test checks that each field is logged. Fields of Lambda's own lines are
 * `record.status` (of its report) and `message.errorMessage` (of an uncaught error).
 */
export const logQueries = {
  errors: `fields @timestamp, service, correlation_id, coalesce(error.message, message.errorMessage, reason, message) as summary, record.status, requestId
| filter level in ["ERROR", "CRITICAL"] or record.status in ["timeout", "error", "failure"]
| sort @timestamp desc
| limit 200`,

  'path-of-an-incident': `# Replace inc-000000000000 with the id of the incident. Every notification contains it.
fields @timestamp, service, what, channel, message, verdict, reason
| filter correlation_id = "inc-000000000000"
| sort @timestamp asc
| limit 1000`,

  'failed-checks': `fields @timestamp, check, target, outcome, errorClass, message
| filter what = "run" and outcome in ["failed", "unknown", "incomplete"]
| sort @timestamp desc
| limit 500`,

  'slowest-targets': `filter what = "run"
| stats count(*) as checks, avg(seconds) as average, pct(seconds, 95) as p95, max(seconds) as slowest by check, target
| sort p95 desc
| limit 50`,

  'parked-messages': `fields @timestamp, service, correlation_id, errorClass, reason, receives
| filter verdict = "dead-letter"
| sort @timestamp desc
| limit 200`,
} as const satisfies Record<string, string>;

/** The saved queries of a deployment for the logs of all of its functions: `<name>/<stage>/errors` and others. */
export class LogQueries extends Construct {
  constructor(scope: Construct, id: string, props: { deployment: Deployment; logGroups: readonly ILogGroup[] }) {
    super(scope, id);
    const { deployment, logGroups } = props;
    for (const [name, queryString] of Object.entries(logQueries)) {
      new CfnQueryDefinition(this, name, {
        // A slash creates a folder in the console.
        name: `${deployment.name}/${deployment.stage}/${name}`,
        queryString,
        logGroupNames: logGroups.map(({ logGroupName }) => logGroupName),
      });
    }
  }
}
