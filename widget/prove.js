/* What the panel asks of the edge may be answered with a challenge (428). It is solved here, and the same is asked again with what came
 * of it; the panel's program only sees the second answer. What solves it is loaded when it is needed.
 */
export const prove = (solver) => {
  const plain = fetch;
  globalThis.fetch = async (path, init) => {
    const answer = await plain(path, init);
    if (answer.status !== 428) return answer;
    const { challenge } = await answer.clone().json(), { solve } = await import(solver);
    const proof = await solve(challenge);
    return plain(path, { ...init, headers: { ...init.headers, "Challenge-Answer": proof }, signal: AbortSignal.timeout(8e3) });
  };
};
