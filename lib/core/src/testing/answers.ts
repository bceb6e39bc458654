import type { Question, RunOptions, TextQuestion } from '../index.js';
import { failure } from './failure.js';

/** An answer to a question: yes or no, a text, or `undefined` from somebody who gives none to a question for a text. */
export type Answer = boolean | string | undefined;

/** The answers to a plugin's questions: one after the other, or made for each question. */
export type Answers = readonly Answer[] | ((question: Question | TextQuestion) => Answer | Promise<Answer>);

/** A question that was asked, and what was answered. */
export interface AskedQuestion {
  readonly message: string;
  readonly answer: Answer;
}

/** Answers questions, and remembers them. */
export class AnswerBook {
  readonly asked: AskedQuestion[] = [];
  readonly #answers: Answers;
  readonly #left: Answer[];

  constructor(answers: Answers) {
    this.#answers = answers;
    this.#left = typeof answers === 'function' ? [] : [...answers];
  }

  /** What a run takes to ask. */
  get options(): Required<Pick<RunOptions, 'confirm' | 'ask'>> {
    return {
      confirm: async (question) => {
        const answer = await this.#answer(question);
        if (typeof answer === 'boolean') return answer;
        throw wrong(question.message, answer, 'true or false');
      },
      ask: async (question) => {
        const answer = await this.#answer(question);
        if (typeof answer !== 'boolean') return answer;
        throw wrong(question.message, answer, 'a text');
      },
    };
  }

  async #answer(question: Question | TextQuestion): Promise<Answer> {
    const answer = typeof this.#answers === 'function' ? await this.#answers(question) : this.#next(question.message);
    this.asked.push({ message: question.message, answer });
    return answer;
  }

  #next(message: string): Answer {
    if (this.#left.length > 0) return this.#left.shift();
    throw failure({ message: `The question "${message}" was asked, and no answer is left for it.`, remedy: 'Add one to "answers".' });
  }
}

function wrong(message: string, answer: Answer, wanted: string): Error {
  return failure({
    message: `The question "${message}" was answered with ${answer === undefined ? 'nothing' : JSON.stringify(answer)}.`,
    remedy: `Answer it with ${wanted}: answers are taken in the order of the questions.`,
  });
}
