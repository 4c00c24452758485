"""The operator's account at the provider: what was charged for which task, what is left, whether the key is good."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One submit that was paid for, in hundredths. `given_back`: when, in milliseconds since the epoch; None if not."""

    number: int
    at: int
    task_id: str
    path: str
    amount: int
    given_back: int | None = None

    def json(self) -> dict[str, Any]:
        """The charge as the control API shows it."""
        return asdict(self)


@dataclass(slots=True, kw_only=True)
class Account:
    """The book of charges. `balance` None: there is always enough.

    `runs_out` tells whose money ends: the user's (only submits are refused then) or the key's own allowance (all is).
    """

    balance: int | None = None
    runs_out: Literal["user", "key"] = "user"
    revoked: bool = False
    charges: list[Charge] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.set()

    def set(self, **told: Any) -> None:
        """Change what is so from now on. Raises ValueError for what makes no sense."""
        if unknown := set(told) - {"balance", "runs_out", "revoked"}:
            raise ValueError(f"an account has no {', '.join(sorted(unknown))}")
        runs_out, balance = told.get("runs_out", self.runs_out), told.get("balance", self.balance)
        if runs_out not in {"user", "key"}:
            raise ValueError(f"nothing runs out for {runs_out!r}")
        self.balance = None if balance is None else int(balance)
        self.runs_out = runs_out
        self.revoked = bool(told.get("revoked", self.revoked))

    @property
    def key_is_empty(self) -> bool:
        """Whether the key's own allowance is used up."""
        return self.runs_out == "key" and self.balance is not None and self.balance <= 0

    def can_pay(self, amount: int) -> bool:
        """Whether there is enough left."""
        return self.balance is None or amount <= self.balance

    def charge(self, *, at: int, task_id: str, path: str, amount: int) -> int | None:
        """Take money for a task; returns the charge's number, None if it is free."""
        if not amount:
            return None
        self._move(-amount)
        self.charges.append(Charge(number=len(self.charges), at=at, task_id=task_id, path=path, amount=amount))
        return len(self.charges) - 1

    def give_back(self, number: int, at: int) -> None:
        """Give a charge back, once."""
        charge = self.charges[number]
        if charge.given_back is None:
            self.charges[number] = replace(charge, given_back=at)
            self._move(charge.amount)

    def json(self) -> dict[str, Any]:
        """The account as the control API shows it."""
        return {"balance": self.balance, "runs_out": self.runs_out, "revoked": self.revoked}

    def _move(self, amount: int) -> None:
        if self.balance is not None:
            self.balance += amount
