/** Resource types that are free, each with the reason. A test checks that every other type is in the bill. */
export const unpriced: Readonly<Record<string, string>> = {
  'AWS::EC2::SecurityGroup': 'security groups are free',
  'AWS::Events::Rule': 'rules on a bus are free; custom events are billed with the bus',
  'AWS::IAM::Policy': 'IAM is free',
  'AWS::IAM::Role': 'IAM is free',
  'AWS::KMS::Alias': 'a name of a key',
  'AWS::Lambda::EventInvokeConfig': 'a setting of a function',
  'AWS::Lambda::EventSourceMapping': 'its polling is billed with the queue',
  'AWS::Lambda::Permission': 'a grant',
  'AWS::Logs::LogGroup': 'its log data is billed with the function',
  'AWS::Logs::QueryDefinition': 'a saved query; each query that a person runs costs 0.005 USD per GB scanned',
  'AWS::SNS::Subscription': 'delivery to SQS is free; 1,000 emails a month to operators are free',
  'AWS::SNS::TopicPolicy': 'a grant',
  'AWS::SQS::QueuePolicy': 'a grant',
  'AWS::Scheduler::ScheduleGroup': 'a name of a group of schedules',
};
