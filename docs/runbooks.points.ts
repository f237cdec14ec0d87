/** An action or a troubleshooting step of a guide, and the runbook that covers it. */
export interface RunbookPoint {
  /** The file of the guide. */
  guide: string;
  /** The line in the guide. */
  line: number;
  /** What the guide tells the reader to do, in our own words. */
  action: string;
  /** The page in docs/runbooks. */
  page: string;
  /** Text of the page's body that covers the point. */
  text: string;
}

type Points = readonly (readonly [line: number, action: string, text: string])[];
const points = (guide: string, page: string, rows: Points): RunbookPoint[] =>
  rows.map(([line, action, text]) => ({ guide, line, action, page, text }));

const scenarios = '000_e8fb4d14ea1c969f.txt';
const triggers = '001_e4f89cdcb9fe20d6.txt';
const tiered = '002_3879635422375295.txt';
const mlops = '003_5fd31f0f5aecae20.txt';

/** Every action in the guides' lists. The guide "004" has none. A test searches for each on its page. */
export const runbookPoints: readonly RunbookPoint[] = [
  ...points(scenarios, 'service-down', [
    [179, 'Check whether the process of the API is running', '**Is it running?**'],
    [180, "Read the API's log", '**What are the last log lines?**'],
    [181, 'Restart the API', '--force-new-deployment'],
    [182, 'Verify with the health endpoint', 'curl --max-time 5 -i <url>/health'],
  ]),
  ...points(scenarios, 'error-rate-high', [
    [195, 'Check the quality of the last images', 'Inputs that are incomplete, of poor quality'],
    [196, 'Read the errors in the log', '**One error or many, and since when?**'],
    [197, 'Make sure that the model is loaded', '**Is the model loaded, and is the service healthy?**'],
    [198, 'Check whether single categories fail', 'Single categories that fail'],
  ]),
  ...points(scenarios, 'batch-failed', [
    [210, "Read the batch's log", "**The run's log**"],
    [211, 'Make sure that the API is reachable', '**Dependencies.** Is the model API healthy'],
    [212, 'Run it again manually', 'then run the job again manually'],
    [213, 'Check disk space and permissions', '**Disk space and permissions.**'],
  ]),
  ...points(scenarios, 'low-confidence-predictions', [
    [226, 'Check the images with a low confidence', '**Check the inputs.**'],
    [227, 'Lighting, angle, sharpness', 'lighting, angle, sharpness'],
    [228, 'Retrain if it is systematic', 'plan a retraining'],
    [229, 'Flag them for a person', 'Flag them for manual review'],
  ]),
  ...points(scenarios, 'disk-space-low', [
    [239, 'Remove rotated logs', 'Remove or compress rotated logs'],
    [240, 'Archive old results', 'Move old results and processed inputs to S3'],
    [241, 'Remove old images that were processed', 'and remove them here'],
    [242, 'Extend the disk', 'Extend the volume'],
  ]),
  ...points(scenarios, 'model-not-loaded', [
    [252, 'Check that the files of the model exist', '**The artifact.** Does it exist'],
    [253, 'Make sure that they are complete', 'Compare its size and checksum'],
    [254, 'Check the available memory', '**Memory.**'],
    [255, 'Read the startup log', '**Startup log.**'],
  ]),
  ...points(scenarios, 'pipeline', [
    [394, 'Email: the provider rejects the sign-in method', 'requires an app password'],
    [395, 'Email: the password is wrong', '535'],
    [396, 'Email: a firewall blocks the port', 'a firewall blocks'],
    [398, 'Email: test the relay manually', 'openssl s_client -starttls smtp'],
    [412, 'Slack: post to the webhook manually', `'{"text":"a test"}'`],
    [427, 'Too many: limit repeated messages', '`remindEvery`'],
    [444, 'Too many: one summary per day', 'summarizes the day'],
  ]),

  ...points(triggers, 'service-down', [
    [331, 'Check whether the process is running', '**Is it running?**'],
    [334, 'Read the error log', '/(?i)error|exception|killed|out of memory/'],
    [337, 'Restart it', 'Otherwise restart it'],
  ]),
  ...points(triggers, 'batch-missing', [
    [340, 'Look for a batch that is still running', '**Is a run still in progress?**'],
    [343, 'Stop one that is stuck', 'Stop a run that is stuck'],
    [346, 'Read its log', 'Check the last log line'],
  ]),
  ...points(triggers, 'error-rate-high', [
    [349, 'Group the errors', 'stats count(*) as failed by bin(5m), status, error'],
    [352, 'Check the health of the model', 'curl --max-time 5 <url>/health'],
  ]),
  ...points(triggers, 'batch-success-low', [
    [355, 'Look for errors in the last results', '**Group the failed items**'],
  ]),

  ...points(tiered, 'accuracy-dropped', [
    [271, 'Investigate drift of the model', '**Is it drift?**'],
    [271, 'Check new data', '**Is there new data?**'],
  ]),
  ...points(tiered, 'error-rate-high', [
    [279, 'Read the logs', "CloudWatch Logs Insights, on the service's log group"],
    [279, 'Roll back if necessary', 'roll back first'],
  ]),
  ...points(tiered, 'inference-latency-spike', [
    [287, 'Check the resources', '**Which resource is exhausted?**'],
    [287, 'Scale up', 'Scale up first'],
  ]),
  ...points(tiered, 'service-unavailable', [
    [295, 'Fail over', 'Fail over: to the standby'],
    [295, 'Emergency restart', 'Emergency restart'],
  ]),
  ...points(tiered, 'accuracy-degrading', [
    [305, 'Monitor it', 'Monitor it until it has recovered'],
    [305, 'Prepare a rollback', 'Prepare a rollback'],
  ]),
  ...points(tiered, 'inference-latency-elevated', [
    [313, 'Investigate it', '**Which predictions are slow?**'],
    [313, 'Optimize queries', 'Optimize the slow lookups'],
  ]),
  ...points(tiered, 'error-rate-rising', [
    [321, 'Read the logs', '**Which error is new?**'],
    [321, 'Check the dependencies', '**Dependencies.**'],
  ]),
  ...points(tiered, 'cache-hits-low', [
    [329, 'Check the configuration of the cache', '**The configuration of the cache.**'],
  ]),
  ...points(tiered, 'collection-slow', [
    [338, 'Contact the contributors', 'Contact the contributors'],
    [338, 'Escalate', 'inform the people who plan with the data'],
  ]),
  ...points(tiered, 'training-stalled', [
    [345, 'Check the hyperparameters', '**The hyperparameters.**'],
    [345, 'Try another model', 'try a different model'],
  ]),
  ...points(tiered, 'cpu-high', [
    [352, 'Check the workload', '**Does the workload explain it?**'],
    [352, 'Optimize it', 'Optimize it: profile'],
  ]),
  ...points(tiered, 'users-dropped', [
    [359, 'Check what changed in the product', '**What changed in the product within the week?**'],
    [359, 'Ask the users', 'Ask users who left'],
  ]),

  ...points(mlops, 'pipeline', [
    [242, 'No alert: check whether the rule fires', 'npx tocsin rules list'],
    [243, 'No alert: check the routing of alerts', 'its `channels` or the `routes`'],
    [244, 'No alert: read the log of the router', 'npx tocsin logs tail --function alert-router'],
  ]),
  ...points(mlops, 'drift-detected', [
    [248, 'No report: is the library installed', 'is its library installed'],
    [249, 'No report: does the reference data exist', 'is the reference data there'],
    [250, 'No report: is the path to the current data valid', 'the path to the current\n   data valid'],
  ]),
];
