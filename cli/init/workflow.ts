/** The commands for CI: they validate the config, lint and test its rules, and estimate its cost. */
export const ciCommands = ['npx tocsin rules lint', 'npx tocsin rules test rule-tests/*.yaml', 'npx tocsin cost'];

/** A workflow of GitHub Actions. */
export const githubWorkflow = `name: monitoring
on: [push]
jobs:
  rules:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 22 }
      - run: npm ci
${ciCommands.map((command) => `      - run: ${command}`).join('\n')}
`;

/** A job for an existing GitLab CI file. */
export const gitlabJob = `monitoring:
  image: node:22
  script:
    - npm ci
${ciCommands.map((command) => `    - ${command}`).join('\n')}
`;
