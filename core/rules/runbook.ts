/** Whether a runbook is a web page, which a message can link to. Any other runbook is a file name. */
export const isWebPage = (runbook: string): boolean => /^https?:\/\//.test(runbook) && URL.canParse(runbook);
