/** Types of resources that cost nothing by themselves, each with the reason. What is in no bill must be here. */
export const unpriced: Readonly<Record<string, string>> = {
  'AWS::Events::Rule': 'rules on a bus are free; events of our own are billed with the bus',
  'AWS::IAM::Policy': 'IAM is free',
  'AWS::IAM::Role': 'IAM is free',
  'AWS::KMS::Alias': 'a name for a key',
  'AWS::Lambda::EventInvokeConfig': 'a setting of a function',
  'AWS::Lambda::EventSourceMapping': 'its polls are billed with the queue',
  'AWS::Lambda::Permission': 'a grant',
  'AWS::Logs::LogGroup': 'what is written into it is billed with the function',
  'AWS::Logs::QueryDefinition': 'a saved text; each query that a person runs is 0.005 a GB scanned',
  'AWS::SNS::Subscription': 'delivery to SQS is free, mails to operators are 1,000 a month free',
  'AWS::SNS::TopicPolicy': 'a grant',
  'AWS::SQS::QueuePolicy': 'a grant',
  'AWS::Scheduler::ScheduleGroup': 'a name for schedules',
};
