import { ruleBuilder } from './builder.ts';

// Rules on the metrics of a model, its training and its data (catalog/metrics).

/** The accuracy is low. High. @default belowPercent: 85, for: one datapoint */
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
  description: 'The accuracy of {{target}} on labeled predictions is {{value}} (threshold {{threshold}}).',
  actions: [
    'Compare the accuracy by attribute: did one fall, or all?',
    'Check the drift score, and compare the data of the last days with the reference.',
    'Roll back to the previous model, or retrain.',
  ],
  runbook: 'accuracy-low',
});

/**
 * The accuracy dropped sharply within an hour and has not recovered. Critical. The metric has one datapoint an hour; a target
 * that measures more often states its refresh: `refresh: { AccuracyDropPoints: '1 minute' }`. @default abovePoints: 10, for: 5 minutes
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
    'The accuracy of {{target}} fell by {{value}} (percentage points) within an hour and has not recovered (threshold {{threshold}}).',
  actions: [
    'Check for drift: compare the inputs of the last hour with the reference.',
    'Check for new data: a new source, a new format, changed labels.',
    'Was a model deployed within the hour? Roll back to the previous one.',
  ],
  accepts: { 'slow-to-fire': 'accuracy is measured once an hour' },
  runbook: 'accuracy-dropped',
});

/** The accuracy fell and has not recovered. High. @default atOrAbovePoints: 5, for: 15 minutes */
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
    'The accuracy of {{target}} fell by {{value}} (percentage points) within an hour and has not recovered (threshold {{threshold}}).',
  actions: [
    'Monitor it: does it continue to fall?',
    'Prepare a rollback: which model was the last good one, and does it still load?',
  ],
  runbook: 'accuracy-degrading',
});

/** Confidence and accuracy differ: the model is overconfident or underconfident. Medium. @default abovePercent: 10 */
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
  description: 'The calibration error of {{target}} is {{value}} (threshold {{threshold}}).',
  actions: [
    'Recalibrate on recent labels (temperature scaling).',
    'Until then, adjust the thresholds that depend on confidence.',
  ],
  runbook: 'calibration-off',
});

/** The 99th percentile of the inference time is far too high. Critical. @default aboveSeconds: 10, for: 3 minutes */
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
  description: 'The p99 inference time of {{target}} was {{value}} over {{for}} (threshold {{threshold}}).',
  actions: ['Check CPU, GPU and memory: which one is exhausted?', 'Scale out, then find the cause.'],
  runbook: 'inference-latency-spike',
});

/** The 99th percentile of the inference time is too high. High. @default aboveSeconds: 5, for: 10 minutes */
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
  description: 'The p99 inference time of {{target}} was {{value}} over {{for}} (threshold {{threshold}}).',
  actions: [
    'Find out which inputs are slow: large inputs, large batches, a cold start?',
    'Optimize the slow queries and the preprocessing.',
  ],
  runbook: 'inference-latency-elevated',
});

/** The 95th percentile of the inference time is too high. Medium. @default aboveSeconds: 1, for: 5 minutes */
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
  description: 'The p95 inference time of {{target}} was {{value}} over {{for}} (threshold {{threshold}}).',
  actions: [
    'Compare with the previous version: is the model larger?',
    'Compare the load and the batch size with the previous hour.',
  ],
  runbook: 'inference-slow',
});

/** The average confidence is low. Medium. @default belowPercent: 70, for: 15 minutes */
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
  description: 'The confidence of {{target}} averaged {{value}} over {{for}} (threshold {{threshold}}).',
  actions: [
    'Check the inputs with the lowest confidence.',
    'Check the drift score: do they differ from the training data?',
  ],
  runbook: 'confidence-low',
});

/** Many predictions have a low confidence. Medium. @default aboveCount: 50 within an hour */
export const lowConfidencePredictions = ruleBuilder('aboveCount', {
  id: 'low-confidence-predictions',
  tier: 'medium',
  metric: 'LowConfidencePredictions',
  statistic: 'Sum',
  comparison: 'above',
  threshold: 50,
  period: '1 hour',
  for: '1 hour',
  // No predictions, no low-confidence predictions.
  missingData: 'notBreaching',
  summary: 'Many low-confidence predictions',
  description:
    '{{target}} made {{value}} predictions with a confidence below 70 % within an hour (threshold {{threshold}}).',
  actions: [
    'Check the quality of the inputs of these predictions.',
    'Flag them for manual review.',
    'If they have something in common, retrain: the model has not learned them.',
  ],
  runbook: 'low-confidence-predictions',
});

/** Today's data differ from the training data. Medium. @default aboveScore: 0.2 */
export const driftDetected = ruleBuilder('aboveScore', {
  id: 'drift-detected',
  tier: 'medium',
  metric: 'DriftScore',
  statistic: 'Maximum',
  comparison: 'above',
  threshold: 0.2,
  // Drift is measured once a day: the period is one day, so a single datapoint decides.
  for: '10 minutes',
  missingData: 'missing',
  remindEvery: '1 day',
  summary: 'Data drift detected',
  description: 'The drift score of {{target}} is {{value}} (threshold {{threshold}}; 0: no drift, 1: maximum drift).',
  actions: [
    'Read the drift report: which attribute drifted?',
    'Did the real world change, or the data source? Fix the source, or retrain.',
    'Update the reference if the new data are what you expect from now on.',
  ],
  runbook: 'drift-detected',
});

/**
 * Training does not improve. Medium. The alarm recovers when an epoch improves, or after the training has stopped, at most
 * three refreshes after its last epoch. If an epoch takes more than an hour, state it on the job: `refresh: { EpochsWithoutImprovement: '3 hours' }`.
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
  // Between two epochs the last datapoint decides. No more epochs: the training has ended.
  missingData: 'notBreaching',
  remindEvery: '1 day',
  summary: 'Training does not improve',
  description:
    '{{target}} has trained for {{value}} epochs without a better validation accuracy (threshold {{threshold}}).',
  actions: [
    'Compare the training loss with the validation loss: is the model overfitting?',
    'Change the learning rate or other hyperparameters.',
    'Try a different model.',
  ],
  runbook: 'training-stalled',
});

/** Too few items are added to the dataset. Medium. Missing data counts as none. @default belowPerDay: 50, for: 2 days */
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
  description: '{{target}} collected {{value}} items in a day (threshold {{threshold}}), for {{for}}.',
  actions: ['Ask the contributors what is blocking them.', 'Inform the people who plan with the data.'],
  runbook: 'collection-slow',
});

/** Far fewer items than usual are added to the dataset. Medium. @default abovePercent: 50 */
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
  description: 'The collection rate of {{target}} is {{value}} below its mean (threshold {{threshold}}).',
  actions: ['Find the source that stopped.', 'Check that uploads arrive and pass the quality check.'],
  runbook: 'collection-dropped',
});

/** The model processed few or no items in a day. Medium. Missing data counts as none. @default belowPerDay: 1 */
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
  description: '{{target}} processed {{value}} items in a day (threshold {{threshold}}).',
  actions: [
    'Did the batch run, and did it find its input?',
    'Compare with the same weekday of earlier weeks: is it a trend or a gap?',
  ],
  runbook: 'volume-low',
});
