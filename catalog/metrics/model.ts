import type { Metric } from '../../core/metrics/metric.ts';

// What a model tells of itself. Shares are published in percent, so that a threshold reads as people say it.

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
    calculation: 'One value a minute: the predictions of that minute. Read it with Sum.',
    breakdown: 'attribute, predicted value, success or failure',
  },
  {
    ...published,
    name: 'ImagesProcessed',
    prometheus: 'images_processed_total',
    unit: 'Count',
    range: { min: 0 },
    definition: 'Images that went through the model, whatever came of it.',
    calculation: 'One value a minute: the images of that minute. Read it with Sum.',
  },
  {
    ...hourly,
    name: 'AccuracyPercent',
    prometheus: 'model_accuracy_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'Share of labelled predictions that were right.',
    calculation: 'Correct / labelled predictions × 100 of the last hour.',
    breakdown: 'attribute',
    target: 'over 91 %',
    slo: 'over 85 %',
  },
  {
    ...hourly,
    name: 'GradingAccuracyPercent',
    prometheus: 'model_grading_accuracy_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'How well quality grades are told apart, each grade counting the same.',
    calculation: 'Mean over the grades (A+, A, B, C, F) of correct / labelled × 100.',
    breakdown: 'grade',
    target: 'over 88 %',
    slo: 'over 80 %',
  },
  {
    ...hourly,
    name: 'AccuracyDropPoints',
    prometheus: 'model_accuracy_drop_percent',
    unit: 'Percent',
    range: { min: -100, max: 100 },
    derivedFrom: 'AccuracyPercent',
    definition:
      'Percentage points that the accuracy lies under that of an hour before; while it is dropped, under the last one before the drop. Negative when it rose.',
    calculation:
      'Accuracy of an hour before − accuracy now, each over an hour; no value with fewer than 100 labelled predictions in either. From 5 points on, the accuracy from before the drop stays the one compared with, until the accuracy has recovered (`nextDrop`).',
  },
  {
    ...published,
    name: 'CalibrationErrorPercent',
    prometheus: 'model_calibration_error_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'How far confidence and accuracy lie apart (expected calibration error).',
    calculation:
      'Mean over ten bins of confidence of |accuracy − mean confidence| × 100, weighted by their predictions.',
    target: 'under 5 %',
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
    definition: 'How long the model takes for one prediction, without transport.',
    calculation: 'One value a prediction, gathered and published each minute. Read it with a percentile.',
    breakdown: 'device: desktop with GPU 0.1 s, mobile 0.5 s, edge 1 s',
    target: 'half under 0.2 s, 99 of 100 under 2 s',
  },
  {
    ...published,
    name: 'ConfidencePercent',
    prometheus: 'model_confidence_percent',
    unit: 'Percent',
    perEvent: true,
    range: { min: 0, max: 100 },
    definition: 'How sure the model is of what it predicts.',
    calculation: 'Confidence of the chosen class × 100, one value a prediction, published each minute.',
    breakdown: 'bands: a tenth under, half under, nine tenths under',
  },
  {
    ...published,
    name: 'LowConfidencePredictions',
    prometheus: 'model_low_confidence_predictions_total',
    unit: 'Count',
    better: 'lower',
    range: { min: 0 },
    definition: 'Predictions that the model made with a confidence under 70 %.',
    calculation: 'One value a minute: such predictions of that minute. Read it with Sum.',
  },
  {
    ...published,
    name: 'DriftScore',
    prometheus: 'model_drift_score',
    unit: 'None',
    range: { min: 0, max: 1 },
    definition:
      'How different the data of today are from those that the model was trained on: 0 the same, 1 nothing shared.',
    calculation: 'Jensen-Shannon distance between today and the reference, the largest over all attributes.',
    breakdown: 'attribute',
    refresh: 'every day',
    refreshSeconds: 86_400,
  },
];

// How long an epoch takes nobody knows but the target, which states it. An hour holds those of most trainings.
const training = {
  of: 'batch',
  source: { application: true },
  refresh: 'every epoch, of an hour at most unless the target states its refresh',
  refreshSeconds: 3600,
} as const;

export const trainingMetrics: readonly Metric[] = [
  {
    ...training,
    name: 'TrainingLoss',
    prometheus: 'training_loss',
    unit: 'None',
    definition: 'Loss on the training data; falls while the model learns.',
    calculation: 'Mean over the epoch.',
  },
  {
    ...training,
    name: 'ValidationLoss',
    prometheus: 'validation_loss',
    unit: 'None',
    definition: 'Loss on data that training does not see; rises when the model only memorizes.',
    calculation: 'Mean over the validation set after the epoch.',
  },
  {
    ...training,
    name: 'ValidationAccuracyPercent',
    prometheus: 'validation_accuracy_percent',
    unit: 'Percent',
    range: { min: 0, max: 100 },
    definition: 'Accuracy on data that training does not see.',
    calculation: 'Correct / validation set × 100 after the epoch.',
  },
  {
    ...training,
    name: 'EpochSeconds',
    prometheus: 'training_epoch_duration_seconds',
    unit: 'Seconds',
    range: { min: 0 },
    definition: 'How long an epoch takes.',
    calculation: 'End − start of the epoch.',
  },
  {
    ...training,
    name: 'EpochsWithoutImprovement',
    prometheus: 'training_epochs_without_improvement',
    unit: 'Count',
    better: 'lower',
    range: { min: 0 },
    definition: 'Epochs since the best validation accuracy.',
    calculation: 'Present epoch − epoch of the best validation accuracy so far; counts epochs, not minutes.',
  },
];
