import { cpuHigh, defineMonitoring, email, errorRateHigh, health, memoryHigh, rule, serviceDown } from 'tocsin';

export default defineMonitoring({
  name: 'shop',
  stages: { prod: {} },
  operators: ['ml-platform@example.com'],
  channels: { team: email({ from: 'tocsin@example.com', to: ['ml-team@example.com'] }) },
  routes: { critical: ['team'], high: ['team'], medium: ['team'] },
  // Known from here on: in rules, in the lint, in the glossary that `npx tocsin docs` writes.
  metrics: {
    QueueWait: {
      unit: 'Seconds',
      definition: 'How long a request waits for a free worker.',
      calculation: 'One value a request, from its arrival to the start of its work.',
      every: '1 minute',
      range: { min: 0 },
    },
  },
  services: {
    classifier: {
      url: 'https://classifier.example.com',
      checks: [health({ every: '1 minute' })],
      // How the CloudWatch agent knows the machine.
      dimensions: { CWAgent: { InstanceId: 'i-0123456789abcdef0' } },
      rules: [
        serviceDown(),
        errorRateHigh({ abovePercent: 3 }),
        cpuHigh(),
        memoryHigh(),
        rule({
          id: 'queue-wait-long',
          tier: 'high',
          metric: 'QueueWait',
          statistic: 'p95',
          comparison: 'above',
          threshold: 2,
          for: '5 minutes',
          missingData: 'missing',
          summary: 'Requests wait too long',
          description:
            'One request in twenty to {{target}} waits over {{value}} for a worker, {{threshold}} is the limit.',
          actions: ['Compare requests with the hour before; scale out when they rose.'],
          runbook: 'queue-wait-long',
          owner: 'team search',
        }),
      ],
    },
  },
});
