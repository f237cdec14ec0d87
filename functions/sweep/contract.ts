import { contract } from '../../core/deployment/contract.ts';

export const terms = contract({
  purpose:
    'Sends pending and due notifications, and finds lost signals and operators without a confirmed subscription.',
  uses: ['incidents', 'past-runs', 'notifications', 'alarm-states', 'operator-subscriptions', 'metrics'],
  timeoutSeconds: 55,
});
