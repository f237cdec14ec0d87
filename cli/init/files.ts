import { defaultConfig } from '../load-config.ts';
import type { Answers } from './answers.ts';
import { ownApp, type Project } from './project.ts';
import { githubWorkflow } from './workflow.ts';

/** A file that `tocsin init` creates if it does not exist. */
export interface InitialFile {
  path: string;
  content: string;
}

/** The folder of the pages of the deployment, which messages link to. */
export const pagesFolder = 'docs/monitoring';

/** The files of a new deployment in a folder. */
export const initialFiles = (project: Project, answers: Answers): InitialFile[] => [
  { path: defaultConfig, content: config(answers) },
  { path: 'rule-tests/services.yaml', content: ruleTest },
  { path: '.env.example', content: environment },
  { path: '.gitignore', content: ignored },
  ...(project.cdkApp === undefined
    ? [
        { path: ownApp, content: app },
        { path: 'cdk.json', content: `${JSON.stringify({ app: `npx tsx ${ownApp}` }, undefined, 2)}\n` },
      ]
    : []),
  ...(project.ci === 'gitlab' ? [] : [{ path: '.github/workflows/monitoring.yml', content: githubWorkflow }]),
];

const config = ({ name, url, email, timeZone }: Answers) => `import {
  batchFailed,
  batchMissing,
  certificateExpiring,
  defineMonitoring,
  email,
  health,
  serviceDown,
  slowResponses,
} from 'tocsin';

// What is monitored, when an alarm fires, and who is notified. All options: npx tocsin config
export default defineMonitoring({
  name: ${text(name)},
  timeZone: ${text(timeZone)},
  // Notified when the monitoring itself fails.
  operators: [${text(email)}],
  runbooks: '${pagesFolder}/runbooks',
  channels: {
    team: email({ from: ${text(email)}, to: [${text(email)}] }),
    // For Slack, import slack and secret, put the webhook into .env as TOCSIN_SLACK_WEBHOOK, and add to the routes:
    // alerts: slack({ webhook: secret('tocsin/slack-webhook') }),
  },
  routes: { critical: ['team'], high: ['team'], medium: ['team'], info: ['team'] },
  services: {
    api: {
      url: ${text(url)},
      // GET <url>/health; the answer must have a status of 200 to 299.
      checks: [health({ every: '1 minute' })],
      rules: [serviceDown(), slowResponses({ aboveSeconds: 5 }), certificateExpiring()],
    },
  },
  batchJobs: {
    // Report each run: npx tocsin batch run nightly -- <your command>
    nightly: { schedule: '0 2 * * *', rules: [batchFailed(), batchMissing()] },
  },
});
`;

/** Formats a value as a TypeScript string literal, in single quotes if it needs no escape. */
const text = (value: string) => (/^[^'\\\n]*$/.test(value) ? `'${value}'` : JSON.stringify(value));

const ruleTest = `# Tests of rules over simulated time: npx tocsin rules test rule-tests/*.yaml
# Series use the notation of promtool: 1x4 is the value 1, five times.
interval: 1 minute
tests:
  - name: fires after three failed checks, and resolves with the first that succeeds
    rule: api/service-down
    series: 1x4 0x4 1x5
    expect:
      - { at: 7 minutes, state: OK, notified: [] }
      - { at: 8 minutes, state: ALARM, notified: [{ channel: team, kind: opened, contains: Service down }] }
      - { at: 11 minutes, state: OK, notified: [{ channel: team, kind: resolved }] }
`;

const environment = `# Secrets of a run on this machine. Copy this file to .env, and keep .env out of the repository.
# On AWS, secrets are SSM parameters or Secrets Manager secrets of the same names.
TOCSIN_SLACK_WEBHOOK=
`;

const ignored = `node_modules/
.env
.tocsin/
cdk.out/
`;

const app = `import { App } from 'aws-cdk-lib';
import { Tocsin } from 'tocsin/cdk';
import definition from './monitoring.config.ts';

const app = new App();
new Tocsin(app, 'Monitoring', { definition, stage: app.node.tryGetContext('stage') });
`;
