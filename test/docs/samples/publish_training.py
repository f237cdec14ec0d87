import boto3

cloudwatch = boto3.client("cloudwatch")
DIMENSIONS = [{"Name": "BatchJob", "Value": "training"}]


def publish_epoch(training_loss, validation_loss, accuracies, seconds):
    """Call it after each epoch. accuracies: the validation accuracy of every epoch so far, 0 to 1."""
    best = max(range(len(accuracies)), key=accuracies.__getitem__)
    values = {
        "TrainingLoss": (training_loss, "None"),
        "ValidationLoss": (validation_loss, "None"),
        "ValidationAccuracyPercent": (100 * accuracies[-1], "Percent"),
        "EpochSeconds": (seconds, "Seconds"),
        "EpochsWithoutImprovement": (len(accuracies) - 1 - best, "Count"),
    }
    cloudwatch.put_metric_data(
        Namespace="Tocsin/shop/prod",
        MetricData=[
            {"MetricName": name, "Dimensions": DIMENSIONS, "Unit": unit, "Value": value}
            for name, (value, unit) in values.items()
        ],
    )
