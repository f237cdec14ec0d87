/** Whether a runbook is a page of the web, which a message can link to. Anything else is the name of a file. */
export const isWebPage = (runbook: string): boolean => /^https?:\/\//.test(runbook) && URL.canParse(runbook);
