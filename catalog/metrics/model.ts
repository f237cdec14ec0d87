import type { Metric } from '../../core/metrics/metric.ts';

// Metrics of a model. Shares are published in percent, so that thresholds are easy to read.

const published = {
  of: 'service',
  source: { application: true },
  refresh: 'every minute',
  refreshSeconds: 60,
} as const;
const hourly = { ...published, refresh: 'every hour', refreshSeconds: 3600 } as const;

export const modelMetrics: readonly Metric[] = [
  {
    ...published,
    name: 'Predictions',
    prometheus: 'model_predictions_total',
    unit: 'Count',
    range: { min: 0 },
    definition: 'Predictions that the model made.',
    calculation: 'One value per minute: the predictions of that minute. Use the statistic Sum.',
    breakdown: 'attribute, predicted value, success or failure',
  },
  {
    ...published,
    name: 'ImagesProcessed',
    prometheus: 'images_processed_total',
    unit: 'Count',
    range: { min: 0 },
    definition: 'Items that the model processed, with or without success.',
    calculation: 'One value per minute: the items of that minute. Use the statistic Sum.',
  },
  {
    ...hourly,
    name: 'AccuracyPercent',
    prometheus: 'model_accuracy_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'Share of labeled predictions that were correct.',
    calculation: 'Correct / labeled predictions × 100 over the last hour.',
    breakdown: 'attribute',
    target: 'above 91 %',
    slo: 'above 85 %',
  },
  {
    ...hourly,
    name: 'GradingAccuracyPercent',
    prometheus: 'model_grading_accuracy_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'Accuracy of a grading task, with each grade weighted equally.',
    calculation: 'Mean over the grades of correct / labeled × 100.',
    breakdown: 'grade',
    target: 'above 88 %',
    slo: 'above 80 %',
  },
  {
    ...hourly,
    name: 'AccuracyDropPoints',
    prometheus: 'model_accuracy_drop_percent',
    unit: 'Percent',
    range: { min: -100, max: 100 },
    derivedFrom: 'AccuracyPercent',
    definition:
      'Drop of the accuracy in percentage points against the accuracy an hour ago or, during a drop, against the last accuracy before the drop. Negative if it rose.',
    calculation:
      'Accuracy an hour ago − accuracy now, each over one hour; no value if either has fewer than 100 labeled predictions. From a drop of 5 points on, the value before the drop remains the reference until the accuracy has recovered (`nextDrop`).',
  },
  {
    ...published,
    name: 'CalibrationErrorPercent',
    prometheus: 'model_calibration_error_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'Difference between confidence and accuracy (expected calibration error).',
    calculation:
      'Mean of |accuracy − mean confidence| × 100 over ten confidence bins, weighted by their number of predictions.',
    target: 'below 5 %',
    refresh: 'every 12 hours',
    refreshSeconds: 43_200,
  },
  {
    ...published,
    name: 'InferenceSeconds',
    prometheus: 'model_inference_duration_seconds',
    unit: 'Seconds',
    perEvent: true,
    range: { min: 0 },
    definition: 'Time that the model takes for one prediction, without transport.',
    calculation: 'One value per prediction, published in batches each minute. Use a percentile.',
    breakdown: 'device: GPU 0.1 s, mobile 0.5 s, edge 1 s',
    target: 'p50 below 0.2 s, p99 below 2 s',
  },
  {
    ...published,
    name: 'ConfidencePercent',
    prometheus: 'model_confidence_percent',
    unit: 'Percent',
    perEvent: true,
    range: { min: 0, max: 100 },
    definition: 'Confidence of the model in its predictions.',
    calculation: 'Confidence of the predicted class × 100, one value per prediction, published each minute.',
    breakdown: 'percentiles: p10, p50, p90',
  },
  {
    ...published,
    name: 'LowConfidencePredictions',
    prometheus: 'model_low_confidence_predictions_total',
    unit: 'Count',
    better: 'lower',
    range: { min: 0 },
    definition: 'Predictions with a confidence below 70 %.',
    calculation: 'One value per minute: such predictions of that minute. Use the statistic Sum.',
  },
  {
    ...published,
    name: 'DriftScore',
    prometheus: 'model_drift_score',
    unit: 'None',
    range: { min: 0, max: 1 },
    definition: 'Difference between the data of today and the training data: 0 is no drift, 1 is maximum drift.',
    calculation:
      'Jensen-Shannon distance between the data of today and the reference; the maximum over all attributes.',
    breakdown: 'attribute',
    refresh: 'every day',
    refreshSeconds: 86_400,
  },
];

// Only the target knows how long an epoch takes, and states it. One hour is enough for most trainings.
const training = {
  of: 'batch',
  source: { application: true },
  refresh: 'every epoch (at most an hour, unless the target states its refresh)',
  refreshSeconds: 3600,
} as const;

export const trainingMetrics: readonly Metric[] = [
  {
    ...training,
    name: 'TrainingLoss',
    prometheus: 'training_loss',
    unit: 'None',
    definition: 'Loss on the training data; decreases while the model learns.',
    calculation: 'Mean over the epoch.',
  },
  {
    ...training,
    name: 'ValidationLoss',
    prometheus: 'validation_loss',
    unit: 'None',
    definition: 'Loss on the validation data; increases when the model overfits.',
    calculation: 'Mean over the validation set after the epoch.',
  },
  {
    ...training,
    name: 'ValidationAccuracyPercent',
    prometheus: 'validation_accuracy_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'Accuracy on the validation data.',
    calculation: 'Correct / size of the validation set × 100 after the epoch.',
  },
  {
    ...training,
    name: 'EpochSeconds',
    prometheus: 'training_epoch_duration_seconds',
    unit: 'Seconds',
    range: { min: 0 },
    definition: 'Duration of an epoch.',
    calculation: 'End minus start of the epoch.',
  },
  {
    ...training,
    name: 'EpochsWithoutImprovement',
    prometheus: 'training_epochs_without_improvement',
    unit: 'Count',
    better: 'lower',
    range: { min: 0 },
    definition: 'Epochs since the best validation accuracy.',
    calculation: 'Current epoch − epoch with the best validation accuracy so far. Counts epochs, not minutes.',
  },
];
