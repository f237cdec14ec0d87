import { ruleBuilder } from './builder.ts';

// Rules on what a model, its training and its data tell of themselves (catalog/metrics).

/** The model is wrong too often. High. @default belowPercent: 85, for: one value */
export const accuracyLow = ruleBuilder('belowPercent', {
  id: 'accuracy-low',
  tier: 'high',
  metric: 'AccuracyPercent',
  statistic: 'Average',
  comparison: 'below',
  threshold: 85,
  for: '15 minutes',
  missingData: 'missing',
  remindEvery: '12 hours',
  summary: 'Accuracy low',
  description: '{{target}} is right in {{value}} of the labelled predictions, {{threshold}} is the least.',
  actions: [
    'Look at accuracy by attribute: one that fell, or all?',
    'Compare the drift score and the data of the last days with the reference.',
    'Go back to the model before, or train anew.',
  ],
  runbook: 'accuracy-low',
});

/**
 * Accuracy fell steeply within an hour, and has not recovered. Critical. Measured once an hour, one value decides; a target
 * that measures more often states it: `refresh: { AccuracyDropPoints: '1 minute' }`. @default abovePoints: 10, for: 5 minutes
 */
export const accuracyDropped = ruleBuilder('abovePoints', {
  id: 'accuracy-dropped',
  tier: 'critical',
  metric: 'AccuracyDropPoints',
  statistic: 'Average',
  comparison: 'above',
  threshold: 10,
  for: '5 minutes',
  missingData: 'missing',
  summary: 'Accuracy dropped',
  description:
    'The accuracy of {{target}} fell by {{value}} (percentage points) within an hour and has not recovered; the limit is {{threshold}}.',
  actions: [
    'Look for drift: compare the inputs of the last hour with the reference.',
    'Check new data: a new source, a new format, labels that moved.',
    'Was a model deployed within the hour? Roll back to the previous one.',
  ],
  accepts: { 'slow-to-fire': 'accuracy is measured once an hour' },
  runbook: 'accuracy-dropped',
});

/** Accuracy falls, and has not recovered. High. @default atOrAbovePoints: 5, for: 15 minutes */
export const accuracyDegrading = ruleBuilder('atOrAbovePoints', {
  id: 'accuracy-degrading',
  tier: 'high',
  metric: 'AccuracyDropPoints',
  statistic: 'Average',
  comparison: 'atOrAbove',
  threshold: 5,
  for: '15 minutes',
  missingData: 'missing',
  summary: 'Accuracy degrading',
  description:
    'The accuracy of {{target}} fell by {{value}} (percentage points) within an hour and has not recovered; watch it from {{threshold}} on.',
  actions: [
    'Watch it: does it go on falling?',
    'Prepare to go back: which model was the last good one, and does it still load?',
  ],
  runbook: 'accuracy-degrading',
});

/** The model is surer than it is right, or less. Medium. @default abovePercent: 10 */
export const calibrationOff = ruleBuilder('abovePercent', {
  id: 'calibration-off',
  tier: 'medium',
  metric: 'CalibrationErrorPercent',
  statistic: 'Average',
  comparison: 'above',
  threshold: 10,
  for: '12 hours',
  missingData: 'missing',
  remindEvery: '1 day',
  summary: 'Calibration off',
  description: 'Confidence and accuracy of {{target}} lie {{value}} apart, {{threshold}} is the limit.',
  actions: [
    'Calibrate anew on fresh labels (temperature scaling).',
    'Move the limits that rest on confidence until then.',
  ],
  runbook: 'calibration-off',
});

/** Predictions take far too long, of 100 the 99th. Critical. @default aboveSeconds: 10, for: 3 minutes */
export const inferenceLatencySpike = ruleBuilder('aboveSeconds', {
  id: 'inference-latency-spike',
  tier: 'critical',
  metric: 'InferenceSeconds',
  statistic: 'p99',
  comparison: 'above',
  threshold: 10,
  for: '3 minutes',
  missingData: 'missing',
  summary: 'Inference latency spike',
  description:
    'One prediction in a hundred of {{target}} takes over {{value}}, {{threshold}} is the limit, for {{for}}.',
  actions: ['Look at CPU, GPU and memory: what is full?', 'Scale out; then look for what fills it.'],
  runbook: 'inference-latency-spike',
});

/** Predictions take too long, of 100 the 99th. High. @default aboveSeconds: 5, for: 10 minutes */
export const inferenceLatencyElevated = ruleBuilder('aboveSeconds', {
  id: 'inference-latency-elevated',
  tier: 'high',
  metric: 'InferenceSeconds',
  statistic: 'p99',
  comparison: 'above',
  threshold: 5,
  for: '10 minutes',
  missingData: 'missing',
  summary: 'Inference latency elevated',
  description:
    'One prediction in a hundred of {{target}} takes over {{value}}, {{threshold}} is the limit, for {{for}}.',
  actions: [
    'See which inputs are slow: large images, long batches, a cold model?',
    'Make the slow queries and preprocessing faster.',
  ],
  runbook: 'inference-latency-elevated',
});

/** Predictions take longer than users bear, of 100 the 95th. Medium. @default aboveSeconds: 1, for: 5 minutes */
export const inferenceSlow = ruleBuilder('aboveSeconds', {
  id: 'inference-slow',
  tier: 'medium',
  metric: 'InferenceSeconds',
  statistic: 'p95',
  comparison: 'above',
  threshold: 1,
  for: '5 minutes',
  missingData: 'missing',
  summary: 'Inference slow',
  description: 'One prediction in twenty of {{target}} takes over {{value}}, {{threshold}} is the limit, for {{for}}.',
  actions: [
    'Compare with the version before: did the model grow?',
    'Compare load and the size of batches with the hour before.',
  ],
  runbook: 'inference-slow',
});

/** The model is unsure of what it says. Medium. @default belowPercent: 70, for: 15 minutes */
export const confidenceLow = ruleBuilder('belowPercent', {
  id: 'confidence-low',
  tier: 'medium',
  metric: 'ConfidencePercent',
  statistic: 'Average',
  comparison: 'below',
  threshold: 70,
  period: '5 minutes',
  for: '15 minutes',
  missingData: 'missing',
  summary: 'Confidence low',
  description: '{{target}} is {{value}} sure on average, {{threshold}} is the least, for {{for}}.',
  actions: [
    'Look at the inputs of which it is least sure.',
    'Compare with the drift score: are they unlike what it was trained on?',
  ],
  runbook: 'confidence-low',
});

/** Many predictions of which the model is unsure. Medium. @default aboveCount: 50 within an hour */
export const lowConfidencePredictions = ruleBuilder('aboveCount', {
  id: 'low-confidence-predictions',
  tier: 'medium',
  metric: 'LowConfidencePredictions',
  statistic: 'Sum',
  comparison: 'above',
  threshold: 50,
  period: '1 hour',
  for: '1 hour',
  // No predictions, no unsure ones.
  missingData: 'notBreaching',
  summary: 'Many unsure predictions',
  description:
    '{{target}} made {{value}} predictions with a confidence under 70 % within an hour, {{threshold}} is the limit.',
  actions: [
    'Look at those images: light, angle, sharpness.',
    'Put them aside for a person to label.',
    'Train anew when they are alike: the model does not know them.',
  ],
  runbook: 'low-confidence-predictions',
});

/** Today's data are unlike those the model was trained on. Medium. @default aboveScore: 0.2 */
export const driftDetected = ruleBuilder('aboveScore', {
  id: 'drift-detected',
  tier: 'medium',
  metric: 'DriftScore',
  statistic: 'Maximum',
  comparison: 'above',
  threshold: 0.2,
  // Drift is measured once a day: one value decides, whatever the minutes say.
  for: '10 minutes',
  missingData: 'missing',
  remindEvery: '1 day',
  summary: 'Data drift detected',
  description:
    'The data of {{target}} have drifted: {{value}}, {{threshold}} is the limit (0 the same, 1 nothing shared).',
  actions: [
    'Read the drift report: which attribute?',
    'Is it the world or the source that changed? Mend the source, or train anew.',
    'Update the reference once the new data are what you expect.',
  ],
  runbook: 'drift-detected',
});

/**
 * Training does not get better. Medium. It ends when an epoch is better or the training is stopped, up to three refreshes
 * after its last epoch. An epoch of over an hour is stated on the job: `refresh: { EpochsWithoutImprovement: '3 hours' }`.
 * @default atOrAboveEpochs: 10
 */
export const trainingStalled = ruleBuilder('atOrAboveEpochs', {
  id: 'training-stalled',
  tier: 'medium',
  metric: 'EpochsWithoutImprovement',
  statistic: 'Maximum',
  comparison: 'atOrAbove',
  threshold: 10,
  for: '1 minute',
  // Between two epochs the datapoint of the last one stands. No more epochs: the training has ended.
  missingData: 'notBreaching',
  remindEvery: '1 day',
  summary: 'Training does not improve',
  description:
    '{{target}} has trained {{value}} epochs without a better validation accuracy, {{threshold}} is the limit.',
  actions: [
    'Compare training and validation loss: does it memorize?',
    'Change the learning rate or other hyper-parameters.',
    'Try another model.',
  ],
  runbook: 'training-stalled',
});

/** Too little data come in. Medium. Silence counts as none. @default belowPerDay: 50, for: 2 days */
export const collectionSlow = ruleBuilder('belowPerDay', {
  id: 'collection-slow',
  tier: 'medium',
  metric: 'ImagesCollected',
  statistic: 'Sum',
  comparison: 'below',
  threshold: 50,
  period: '1 day',
  for: '2 days',
  missingData: 'breaching',
  remindEvery: '1 day',
  summary: 'Dataset collection slow',
  description: '{{target}} collected {{value}} images in a day, {{threshold}} is the least, for {{for}}.',
  actions: ['Ask the contributors what holds them up.', 'Tell whoever plans with the data.'],
  runbook: 'collection-slow',
});

/** Far less data come in than usual. Medium. @default abovePercent: 50 */
export const collectionDropped = ruleBuilder('abovePercent', {
  id: 'collection-dropped',
  tier: 'medium',
  metric: 'CollectionDropPercent',
  statistic: 'Average',
  comparison: 'above',
  threshold: 50,
  for: '6 hours',
  missingData: 'missing',
  remindEvery: '1 day',
  summary: 'Dataset collection dropped',
  description: '{{target}} collects {{value}} less than its mean, {{threshold}} is the limit.',
  actions: ['Find the source that stopped.', 'Check that uploads still arrive and pass the quality check.'],
  runbook: 'collection-dropped',
});

/** Hardly an image went through the model all day. Medium. @default belowPerDay: 1 */
export const volumeLow = ruleBuilder('belowPerDay', {
  id: 'volume-low',
  tier: 'medium',
  metric: 'ImagesProcessed',
  statistic: 'Sum',
  comparison: 'below',
  threshold: 1,
  period: '1 day',
  for: '1 day',
  missingData: 'breaching',
  remindEvery: '1 day',
  summary: 'Processing volume low',
  description: '{{target}} processed {{value}} images in a day, {{threshold}} is the least.',
  actions: [
    'Did the batch run, and did it find its input?',
    'Compare with the same weekday before: is it a trend or a gap?',
  ],
  runbook: 'volume-low',
});
