//! A small center as a Markov chain, solved numerically: who is idle since when relative to the others, and who waits in which
//! order. Written from the rules in the documentation, not from the engine.

use std::collections::BTreeMap;

/// A center of single agents with exponential everything.
pub(crate) struct Center {
    /// By skill: arrivals, patience's rate, rank (0 goes first).
    pub(crate) skills: Vec<(f64, f64, u8)>,
    /// By agent: speed, and levels by skill (0: does not have it).
    pub(crate) agents: Vec<(f64, Vec<u8>)>,
    /// Primary level first, or the longest idle of all.
    pub(crate) primary_first: bool,
    /// More are blocked.
    pub(crate) trunks: usize,
}

/// The agents that are idle, longest first, and the skills of those that wait, oldest first.
type State = (Vec<usize>, Vec<usize>);

/// What the chain says, by skill.
#[derive(Debug)]
pub(crate) struct Exact {
    pub(crate) blocked: Vec<f64>,
    pub(crate) abandoned: Vec<f64>,
    pub(crate) p_wait: Vec<f64>,
    pub(crate) mean_wait: Vec<f64>,
    /// By skill, then agent.
    pub(crate) matches: Vec<Vec<f64>>,
}

/// What a transition is counted as.
enum What {
    Blocked(usize),
    Waits(usize),
    GaveUp(usize),
    Meets(usize, usize),
    Nothing,
}

impl Center {
    fn inside(&self, state: &State) -> usize {
        self.agents.len() - state.0.len() + state.1.len()
    }

    /// Everything that may happen: how often, to which state, and what it is.
    fn moves(&self, state: &State) -> Vec<(f64, State, What)> {
        let mut moves = Vec::new();
        let (idle, queue) = state;
        for (skill, (rate, theta, _)) in self.skills.iter().enumerate() {
            moves.push(self.arrival(state, skill, *rate));
            for place in (0..queue.len()).filter(|place| queue[*place] == skill) {
                let mut next = state.clone();
                next.1.remove(place);
                moves.push((*theta, next, What::GaveUp(skill)));
            }
        }
        for agent in (0..self.agents.len()).filter(|agent| !idle.contains(agent)) {
            let (speed, levels) = &self.agents[agent];
            let mut next = state.clone();
            let able = (0..queue.len()).filter(|place| levels[queue[*place]] > 0);
            let taken = able.min_by_key(|place| (self.skills[queue[*place]].2, *place));
            let what = match taken {
                Some(place) => What::Meets(next.1.remove(place), agent),
                None => {
                    next.0.push(agent);
                    What::Nothing
                }
            };
            moves.push((*speed, next, what));
        }
        moves
    }

    fn arrival(&self, state: &State, skill: usize, rate: f64) -> (f64, State, What) {
        let mut next = state.clone();
        if self.inside(state) >= self.trunks {
            return (rate, next, What::Blocked(skill));
        }
        let able = (0..next.0.len()).filter(|place| self.agents[next.0[*place]].1[skill] > 0);
        let level = |place: &usize| {
            if self.primary_first {
                self.agents[state.0[*place]].1[skill]
            } else {
                0
            }
        };
        match able.min_by_key(|place| (level(place), *place)) {
            Some(place) => {
                let agent = next.0.remove(place);
                (rate, next, What::Meets(skill, agent))
            }
            None => {
                next.1.push(skill);
                (rate, next, What::Waits(skill))
            }
        }
    }

    /// Finds all states, then their shares of time by repeated steps of the uniformized chain.
    pub(crate) fn solve(&self) -> Exact {
        let mut states: Vec<State> = vec![((0..self.agents.len()).collect(), Vec::new())];
        let mut index: BTreeMap<State, usize> = states.iter().cloned().zip(0..).collect();
        let mut moves = Vec::new();
        let mut at = 0;
        while at < states.len() {
            let mut from = Vec::new();
            for (rate, next, what) in self.moves(&states[at].clone()) {
                let to = *index.entry(next.clone()).or_insert_with(|| {
                    states.push(next);
                    states.len() - 1
                });
                from.push((rate, to, what));
            }
            moves.push(from);
            at += 1;
        }
        let fastest = moves
            .iter()
            .map(|from| from.iter().map(|(rate, ..)| rate).sum::<f64>());
        let pace = 1.05 * fastest.fold(0.0, f64::max);
        let mut shares = vec![1.0 / states.len() as f64; states.len()];
        loop {
            let mut next = shares.clone();
            for (share, from) in shares
                .iter()
                .zip(&moves)
                .enumerate()
                .map(|(at, (share, from))| ((at, share), from))
            {
                for (rate, to, _) in from {
                    let flow = share.1 * rate / pace;
                    next[share.0] -= flow;
                    next[*to] += flow;
                }
            }
            let change: f64 = shares.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
            shares = next;
            if change < 1e-12 {
                break;
            }
        }
        self.exact(&states, &moves, &shares)
    }

    fn exact(&self, states: &[State], moves: &[Vec<(f64, usize, What)>], shares: &[f64]) -> Exact {
        let (skills, agents) = (self.skills.len(), self.agents.len());
        let (mut blocked, mut gone, mut waits) = (vec![0.0; skills], vec![0.0; skills], vec![0.0; skills]);
        let (mut met, mut waiting) = (vec![vec![0.0; agents]; skills], vec![0.0; skills]);
        for ((state, from), share) in states.iter().zip(moves).zip(shares) {
            state.1.iter().for_each(|skill| waiting[*skill] += share);
            for (rate, _, what) in from {
                match what {
                    What::Blocked(skill) => blocked[*skill] += share * rate,
                    What::Waits(skill) => waits[*skill] += share * rate,
                    What::GaveUp(skill) => gone[*skill] += share * rate,
                    What::Meets(skill, agent) => met[*skill][*agent] += share * rate,
                    What::Nothing => (),
                }
            }
        }
        let rate = |skill: usize| self.skills[skill].0;
        let taken = |skill: usize| rate(skill) - blocked[skill];
        let all = 0..skills;
        Exact {
            abandoned: all.clone().map(|skill| gone[skill] / rate(skill)).collect(),
            p_wait: all.clone().map(|skill| waits[skill] / taken(skill)).collect(),
            // Little's law.
            mean_wait: all.clone().map(|skill| waiting[skill] / taken(skill)).collect(),
            matches: met
                .iter()
                .map(|by| by.iter().map(|rate| rate / by.iter().sum::<f64>()).collect())
                .collect(),
            blocked: all.map(|skill| blocked[skill] / rate(skill)).collect(),
        }
    }
}

#[test]
fn the_chain_knows_erlang() {
    let center = |agents: usize, theta, trunks| Center {
        skills: vec![(3.0, theta, 0)],
        agents: vec![(1.0, vec![1]); agents],
        primary_first: false,
        trunks,
    };
    assert!((center(3, 0.0, 3).solve().blocked[0] - 9.0 / 26.0).abs() < 1e-9);
    let exact = Center {
        skills: vec![(1.0, 1.0, 0)],
        ..center(1, 1.0, 20)
    }
    .solve();
    assert!((exact.p_wait[0] - 0.632_120_558_8).abs() < 1e-9);
    assert!((exact.abandoned[0] - 0.367_879_441_2).abs() < 1e-9);
}
