import { alertmanagerText, alertmanagerTitle, type Receiver, type ReceiverMeans } from '../alertmanager.ts';
import type { SlackSettings } from './settings.ts';

/** A Slack channel as a receiver of Alertmanager. */
export const slackReceiver = ({ webhook }: SlackSettings, { secretFile }: ReceiverMeans): Receiver => ({
  configs: {
    slack_configs: [
      { api_url_file: secretFile(webhook), send_resolved: true, title: alertmanagerTitle, text: alertmanagerText },
    ],
  },
});
