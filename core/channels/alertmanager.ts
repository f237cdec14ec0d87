import type { SecretUrl } from '../definition/secret.ts';

/** The input for a receiver of Alertmanager, in addition to the settings of the channel. */
export interface ReceiverMeans {
  /** The file that Alertmanager reads a secret setting from. Secrets are never written into the export. */
  secretFile(setting: SecretUrl): string;
}

/** A channel as a receiver of Alertmanager. */
export interface Receiver {
  /** The receiver without its name: `{ slack_configs: [ … ] }`. */
  configs: Readonly<Record<string, readonly object[]>>;
  /** Notes for the reader of the export: differences from the delivery by Tocsin. @default none */
  notes?: readonly string[];
}

/** The first line of a message that Alertmanager sends, as an Alertmanager template. */
export const alertmanagerTitle =
  '[{{ .CommonLabels.severity | toUpper }}] {{ .CommonAnnotations.summary }}{{ if eq .Status "resolved" }}: resolved{{ end }}';

/** The text below the title: each alert with its actions. */
export const alertmanagerText =
  '{{ range .Alerts }}{{ .Annotations.description }}\n{{ .Annotations.actions }}\n{{ end }}';
