import { defineMonitoring, email, health, rule, secret, slack } from 'tocsin';

export default defineMonitoring({
  name: 'shop',
  stages: { prod: {} },
  operators: ['ml-platform@example.com'],
  channels: {
    alerts: slack({ webhook: secret('tocsin/slack-webhook') }),
    team: email({ from: 'tocsin@example.com', to: ['ml-team@example.com'] }),
  },
  routes: { critical: ['alerts', 'team'], high: ['alerts'], medium: ['team'] },
  services: {
    classifier: {
      url: 'https://classifier.example.com',
      checks: [health({ every: '1 minute' })],
      rules: [
        rule({
          id: 'slow-tail',
          tier: 'high',
          metric: 'RequestSeconds',
          statistic: 'p95',
          comparison: 'above',
          threshold: 2,
          for: '10 minutes',
          period: '5 minutes',
          missingData: 'missing',
          fewSamples: 'ignore',
          summary: 'The slowest requests are too slow',
          description: 'One request in twenty to {{target}} took over {{value}} (threshold {{threshold}}).',
          actions: ['Compare with the last deployment. Roll back if the problem began there.'],
          runbook: 'slow-tail',
        }),
      ],
    },
  },
});
