import type { SecretUrl } from '../definition/secret.ts';

/** What a receiver of Alertmanager is made from, beside the settings of the channel. */
export interface ReceiverMeans {
  /** The file that Alertmanager will read a secret setting from. No secret is ever written into the export. */
  secretFile(setting: SecretUrl): string;
}

/** A channel as a receiver of Alertmanager. */
export interface Receiver {
  /** The receiver without its name: `{ slack_configs: [ … ] }`. */
  configs: Readonly<Record<string, readonly object[]>>;
  /** What a reader of the export must know: where it differs from Tocsin's own delivery. @default nothing */
  notes?: readonly string[];
}

/** The first line of a message that Alertmanager writes, as a template of its own. */
export const alertmanagerTitle =
  '[{{ .CommonLabels.severity | toUpper }}] {{ .CommonAnnotations.summary }}{{ if eq .Status "resolved" }}: resolved{{ end }}';

/** What stands below the title: each alert with what to do about it. */
export const alertmanagerText =
  '{{ range .Alerts }}{{ .Annotations.description }}\n{{ .Annotations.actions }}\n{{ end }}';
