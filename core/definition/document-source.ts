import type { MonitoringDocument } from './document.ts';

/** Where the document comes from: a bundled file in Lambda, the parsed config on a laptop. Read once, at the start. */
export interface DocumentSource {
  read(): Promise<MonitoringDocument>;
}
