export const HELP = `Tongquan 通券, the local stage: runs what the synthesized template describes, on this machine.

  npm start [-- OPTIONS]      or  node local/start.ts [OPTIONS]

  --help                      this page
  --permissions               check every call to AWS against the role of the function that makes it, and record the
                              calls in DATA_DIR/calls.jsonl
  --chaos LIST [--seed N]     faults, separated by commas: throttle, duplicate, stale, slow, crash, lose-queue, table:NAME
                              The seed is printed; the same seed decides the same faults.
  --assembly DIR              run this synthesized assembly instead of synthesizing the city

  PORT=4700                   the one port of both front doors; 0 takes any free one
  DATA_DIR=.tongquan          records, documents, keys and logs
  WORKERS=<cores>             processes that serve requests and run functions
  DYNAMODB_ENDPOINT=<url>     another record engine instead of dynoxide

  While it runs, DATA_DIR/stage.json holds the addresses, also those that bypass the CDN: origin, direct, dynamodb, sqs, s3,
  vault, and the process ids. Pages of the stage itself:

  GET  /_local/tokens/citizen?number=A123456789[&seconds=600]
  GET  /_local/tokens/operator[?name=officer-1]
  GET  /_local/issuer/jwks
  POST /_local/schedules/<function name>/runs      runs a schedule now

  Ctrl-C stops it. What is emulated, approximated or refused: docs/local-stage.md
`
