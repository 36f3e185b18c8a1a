// Runs the tests of one edition of the suite and prints their results as JSON: true, or what failed and its message.
//
//   node run.mjs SUITE URL CHUNK [GROUP]
//
// SUITE is the suite's directory, URL the cache under test, CHUNK how many tests run at a time. With GROUP only that
// group of tests runs, and what its tests depend on.

import { argv, exit, stdout } from 'node:process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { loadRunner, loadTests, withDependencies } from './suite.mjs'

// What the suite itself prints is no result.
console.log = console.error

const [suite, url, chunk, group] = argv.slice(2)
const { runTests, getResults } = await loadRunner(suite)
let tests = await loadTests(suite)
if (group !== undefined) {
  tests = withDependencies(tests, group)
}
if (runTests.length === 4) {
  // The published edition takes the fetch function as an argument.
  const fetch = createRequire(join(suite, 'package.json'))('node-fetch')
  await runTests(tests, fetch, false, url, Number(chunk))
} else {
  await runTests(tests, false, url, Number(chunk))
}
stdout.write(JSON.stringify(getResults(), null, 2) + '\n', () => exit(0))
