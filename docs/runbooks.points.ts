/** A point of a guide's list of actions or of its troubleshooting, and the page that covers it. */
export interface RunbookPoint {
  /** The guide's file. */
  guide: string;
  /** Its line. */
  line: number;
  /** What it asks the reader to do, in our own words. */
  asks: string;
  /** The page under docs/runbooks. */
  page: string;
  /** Words of that page's body by which the point is found there. */
  says: string;
}

type Points = readonly (readonly [line: number, asks: string, says: string])[];
const points = (guide: string, page: string, rows: Points): RunbookPoint[] =>
  rows.map(([line, asks, says]) => ({ guide, line, asks, page, says }));

const scenarios = '000_e8fb4d14ea1c969f.txt';
const triggers = '001_e4f89cdcb9fe20d6.txt';
const tiered = '002_3879635422375295.txt';
const mlops = '003_5fd31f0f5aecae20.txt';

/** Every point of the guides' lists of actions. The guide "004" has none. A test looks for each on its page. */
export const runbookPoints: readonly RunbookPoint[] = [
  ...points(scenarios, 'service-down', [
    [179, 'See whether the process of the API runs', '**Is it running?**'],
    [180, "Read the API's log", '**What did it say last?**'],
    [181, 'Restart the API', '--force-new-deployment'],
    [182, 'Ask its health page to be sure', 'curl --max-time 5 -i <url>/health'],
  ]),
  ...points(scenarios, 'error-rate-high', [
    [195, 'Look at the quality of the last images', 'cut off, too dark, too small'],
    [196, 'Read the errors in the log', '**One error, or many, and since when?**'],
    [197, 'Make sure that the model is loaded', '**Is the model loaded, and is the service well?**'],
    [198, 'See whether single categories fail', 'Single categories that fail'],
  ]),
  ...points(scenarios, 'batch-failed', [
    [210, "Read the batch's log", "**The run's log**"],
    [211, 'Make sure that the API can be reached', '**What it calls.** Is the model API well'],
    [212, 'Run it again by hand', 'then run the job again by hand'],
    [213, 'Look at disk space and permissions', '**Room and rights.**'],
  ]),
  ...points(scenarios, 'low-confidence-predictions', [
    [226, 'Look at the images of which the model is unsure', '**Look at those images.**'],
    [227, 'Light, angle, clearness', 'Light, angle, sharpness'],
    [228, 'Train anew when it is systematic', 'plan a retraining'],
    [229, 'Flag them for a person', 'Flag them for people'],
  ]),
  ...points(scenarios, 'disk-space-low', [
    [239, 'Remove rotated logs', 'Remove or compress rotated logs'],
    [240, 'Archive old results', 'Move old results and processed inputs to S3'],
    [241, 'Remove old images that were processed', 'and remove them here'],
    [242, 'Make the disk larger', 'Grow the volume'],
  ]),
  ...points(scenarios, 'model-not-loaded', [
    [252, 'See whether the files of the model are there', '**The artefact.** Is it there'],
    [253, 'Make sure that they are whole', 'Compare size and checksum'],
    [254, 'See how much memory is free', '**Memory.**'],
    [255, 'Read the start-up log', '**Start-up log.**'],
  ]),
  ...points(scenarios, 'pipeline', [
    [394, 'Mail: the provider refuses the way to sign in', 'wants an app password'],
    [395, 'Mail: the password is wrong', '535'],
    [396, 'Mail: a firewall blocks the port', 'a firewall blocks'],
    [398, 'Mail: try the relay by hand', 'openssl s_client -starttls smtp'],
    [412, 'Slack: post to the webhook by hand', `'{"text":"a test"}'`],
    [427, 'Too many: limit how often one is repeated', '`remindEvery`'],
    [444, 'Too many: one summary a day', 'the day in one\npiece'],
  ]),

  ...points(triggers, 'service-down', [
    [331, 'See whether the process runs', '**Is it running?**'],
    [334, 'Read the log of errors', '/(?i)error|exception|killed|out of memory/'],
    [337, 'Restart it', 'Otherwise restart it'],
  ]),
  ...points(triggers, 'batch-missing', [
    [340, 'Look for a batch that still runs', '**Is a run still going?**'],
    [343, 'End one that hangs', 'Stop a run that hangs'],
    [346, 'Read its log', 'Its last log line says'],
  ]),
  ...points(triggers, 'error-rate-high', [
    [349, 'Sort the errors', 'stats count(*) as failed by bin(5m), status, error'],
    [352, 'Ask for the health of the model', 'curl --max-time 5 <url>/health'],
  ]),
  ...points(triggers, 'batch-success-low', [
    [355, 'Look for errors among the last results', '**Group the failed items**'],
  ]),

  ...points(tiered, 'accuracy-dropped', [
    [271, 'Look into drift of the model', '**Is it drift?**'],
    [271, 'Look at new data', '**Are there new data?**'],
  ]),
  ...points(tiered, 'error-rate-high', [
    [279, 'Read the logs', "Insights, on the service's log group"],
    [279, 'Roll back if need be', 'roll back first'],
  ]),
  ...points(tiered, 'inference-latency-spike', [
    [287, 'Look at what is used up', '**What is full?**'],
    [287, 'Scale up', 'Scale up, first of all'],
  ]),
  ...points(tiered, 'service-unavailable', [
    [295, 'Fail over', 'Fail over: to the standby'],
    [295, 'Restart as an emergency', 'Emergency restart'],
  ]),
  ...points(tiered, 'accuracy-degrading', [
    [305, 'Watch it', 'Watch it until it has recovered'],
    [305, 'Prepare to go back', 'Prepare to go back'],
  ]),
  ...points(tiered, 'inference-latency-elevated', [
    [313, 'Look into it', '**Which predictions are slow?**'],
    [313, 'Make queries faster', 'Make the slow look-ups faster'],
  ]),
  ...points(tiered, 'error-rate-rising', [
    [321, 'Read the logs', '**Which error is new?**'],
    [321, 'Look at what it depends on', '**What does it depend on?**'],
  ]),
  ...points(tiered, 'cache-hits-low', [
    [329, 'Look at the configuration of the cache', '**The configuration of the cache.**'],
  ]),
  ...points(tiered, 'collection-slow', [
    [338, 'Talk to the contributors', 'Contact the contributors'],
    [338, 'Escalate', 'tell whoever plans with the data'],
  ]),
  ...points(tiered, 'training-stalled', [
    [345, 'Look at the hyper-parameters', '**The hyper-parameters.**'],
    [345, 'Try another model', 'try another model'],
  ]),
  ...points(tiered, 'cpu-high', [
    [352, 'Look at the workload', '**Does the workload explain it?**'],
    [352, 'Make it cheaper', 'Make it cheaper'],
  ]),
  ...points(tiered, 'users-dropped', [
    [359, 'Look at what changed in the product', '**What changed in the product within the week?**'],
    [359, 'Ask the users', 'Ask users who left'],
  ]),

  ...points(mlops, 'pipeline', [
    [242, 'No alert: see whether the rule fires', 'npx tocsin rules list'],
    [243, 'No alert: look at how alerts are routed', 'its `channels` or the `routes`'],
    [244, 'No alert: read the log of the router', 'npx tocsin logs tail --function alert-router'],
  ]),
  ...points(mlops, 'drift-detected', [
    [248, 'No report: is the library installed', 'is its library installed'],
    [249, 'No report: are the reference data there', 'is the reference data there'],
    [250, 'No report: does the path to the current data hold', 'the path to\n   the current data lead anywhere'],
  ]),
];
