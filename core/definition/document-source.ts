import type { MonitoringDocument } from './document.ts';

/** The source of the document: a bundled file in Lambda, the parsed config on a laptop. It is read once, at startup. */
export interface DocumentSource {
  read(): Promise<MonitoringDocument>;
}
