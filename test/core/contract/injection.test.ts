import { Inject, Injectable } from '@structum/core';
import { expect } from 'chai';
import { injectionPointsOf, takesInjection } from '#internal/core/contract/index.js';

class Clock {
  readonly now = 'noon';
}

@Injectable()
class Base {
  constructor(readonly clock: Clock) {}
}

class Plain {
  readonly clock: unknown;
  constructor(clock: unknown) {
    this.clock = clock;
  }
}
Inject(Clock)(Plain, undefined, 0);

const injected = (type: new (...args: never[]) => unknown): readonly unknown[] => injectionPointsOf(type).map(({ token }) => token);

describe('what a subclass injects', () => {
  it('is what its parent does, where it has no constructor', () => {
    class Bare extends Base {}
    class WithFields extends Base {
      readonly fields = { braces: '}', constructor: 'constructor() {' };
      // constructor() { super(new Clock()); }
      make(): object {
        return class {
          readonly expression = /[}"]/;
          constructor() {
            this.expression.test('}');
          }
        };
      }
    }
    @Injectable()
    class Decorated extends Base {}
    for (const type of [Bare, WithFields, Decorated, class extends Plain {}]) {
      expect(injected(type)).to.deep.equal([Clock]);
      expect(takesInjection(type)).to.equal(true);
    }
  });

  it('is nothing, where its own constructor takes nothing', () => {
    class Own extends Base {
      constructor() {
        super(new Clock());
      }
    }
    @Injectable()
    class Decorated extends Base {
      constructor() {
        super(new Clock());
      }
    }
    class OwnPlain extends Plain {
      constructor(clock = new Clock()) {
        super(clock);
      }
    }
    for (const type of [Own, Decorated, OwnPlain]) expect(injected(type)).to.deep.equal([]);
  });

  it('is what its parent does, where its constructor hands on all it gets', () => {
    // As compilers write a class with fields and no constructor.
    class Spread extends Base {
      readonly field: number;
      constructor(...rest: [Clock]) {
        super(...rest);
        this.field = 1;
      }
    }
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what is compiled to ES5 cannot be written here
    const transpile = new Function('Parent', 'return function Child() { return Reflect.construct(Parent, arguments, new.target); }') as (parent: unknown) => typeof Base;
    const older = transpile(Base);
    Object.setPrototypeOf(older, Base);
    for (const type of [Spread, older]) expect(injected(type)).to.deep.equal([Clock]);
  });
});

describe('a parameter with a default', () => {
  it('keeps it, unless @Inject says otherwise', () => {
    @Injectable()
    class Defaulted {
      constructor(readonly clock: Clock = new Clock(), readonly name = 'x') {}
    }
    expect(takesInjection(Defaulted)).to.equal(false);
    expect(injected(Defaulted)).to.deep.equal([]);

    @Injectable()
    class Explicit {
      constructor(@Inject(Clock) readonly clock: Clock = new Clock()) {}
    }
    expect(takesInjection(Explicit)).to.equal(true);
    expect(injected(Explicit)).to.deep.equal([Clock]);
  });
});
