// One target for each part of each pack, so that the files in this folder can test every rule of every pack:
// npx tocsin rules test rule-tests/packs/*.yaml --config rule-tests/packs/packs.config.ts
import {
  defineMonitoring,
  email,
  health,
  jsonEndpoint,
  mlopsPack,
  platformPack,
  scenarioPack,
  secret,
  slack,
  tieredPack,
  triggerPack,
} from 'tocsin';

const service = { url: 'https://model.example.com', checks: [health({ every: '1 minute' })] };
const host = { dimensions: { CWAgent: { InstanceId: 'i-0123456789abcdef0' } } };
const disk = { source: jsonEndpoint({ url: 'https://model.example.com/disk' }) };

export default defineMonitoring({
  name: 'packs',
  operators: ['ops@example.com'],
  channels: {
    alerts: slack({ webhook: secret('packs/slack-webhook') }),
    team: email({ from: 'tocsin@example.com', to: ['ml-team@example.com'] }),
  },
  routes: { critical: ['alerts', 'team'], high: ['alerts'], medium: ['team'], info: ['alerts'] },
  services: {
    scenarios: { ...service, rules: scenarioPack.service() },
    triggers: { ...service, rules: triggerPack.service() },
    tiered: { ...service, ...host, rules: [...tieredPack.service(), ...tieredPack.more()] },
    'tiered-by-minute': {
      ...service,
      refresh: { AccuracyDropPoints: '1 minute' },
      rules: [
        tieredPack.service().find(({ id }) => id === 'accuracy-dropped')!,
        tieredPack.service().find(({ id }) => id === 'accuracy-degrading')!,
      ],
    },
    mlops: { ...service, rules: mlopsPack.service() },
    platform: { ...service, ...host, rules: platformPack.service() },
  },
  batchJobs: {
    'scenarios-nightly': { rules: scenarioPack.batch() },
    'triggers-nightly': { rules: triggerPack.batch() },
    'tiered-training': { rules: tieredPack.training() },
    'tiered-long-training': { refresh: { EpochsWithoutImprovement: '3 hours' }, rules: tieredPack.training() },
    'tiered-dataset': { rules: [...tieredPack.dataset(), ...tieredPack.moreDataset()] },
  },
  volumes: {
    'scenarios-disk': { ...disk, rules: scenarioPack.volume() },
    'triggers-disk': { ...disk, rules: triggerPack.volume() },
    'platform-disk': { ...disk, rules: platformPack.volume() },
  },
});
