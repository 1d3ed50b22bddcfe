"""The base of every resource: policy first, rows of this user only, one service call, one way to answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.db import models
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, status
from rest_framework.decorators import action
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from casework.kernel.idempotency import Answer, fingerprint, once
from casework.ui.views import DeclaredPolicy

from .serializers import Nothing, Strict


class MatchMissing(exceptions.APIException):
    """A change without If-Match."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "E-MATCH-1"
    default_detail = _("Say which state of the record you change: send its ETag as If-Match.")


class MatchStale(exceptions.APIException):
    """The record has changed since it was read."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "E-MATCH-2"
    default_detail = _("This has changed since you opened it. Look at it again and retry.")


def plain(data: Any) -> Any:
    """What a serializer answers as plain JSON values."""
    return json.loads(JSONRenderer().render(data))


def etag(body: Any) -> str:
    """The fingerprint of an answered record: whatever changes in it changes the tag."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=True)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


@dataclass(frozen=True, kw_only=True)
class Spec:
    """What one operation declares: who may, what it is told, what it answers, whether it needs If-Match."""

    policy: DeclaredPolicy
    told: type[Strict] = Nothing
    asked: type[Strict] = Nothing
    """What the address may ask for: filters of a list, the period of figures."""
    shown: Any = None
    needs_match: bool = False
    is_many: bool = False


class Resource(GenericViewSet):
    """Rows of one model. Subclasses choose which of the parts below they offer.

    `policy` admits to reading, `create_policy` to creates, and each act has its own. The row of an address is
    loaded through `rows()` before any policy is asked: what one may not see does not exist.
    """

    policy: ClassVar[DeclaredPolicy]
    create_policy: ClassVar[DeclaredPolicy | None] = None
    create_told: ClassVar[type[Strict]] = Nothing
    model: ClassVar[type[models.Model] | None]
    """None where what is told is made from rows of several kinds; `load` is then the resource’s own."""
    shown: ClassVar[Any]
    line: ClassVar[Any] = None
    """How a row looks in a list; `shown` when it is not said."""
    asked: ClassVar[type[Strict]] = Nothing
    """The filters of the list."""
    ordering: ClassVar[str] = "-pk"
    lookup_value_regex = "[0-9]{1,18}"
    http_method_names = ["get", "post", "head"]
    request: Any  # its user is a signed-in one
    row: Any = None

    @classmethod
    def spec_of(cls, name: str | None) -> Spec:
        """What the operation of this name declares."""
        declared = getattr(getattr(cls, name or "", None), "spec", None)
        if declared is not None:
            return declared
        if name == "create":
            return Spec(policy=cls.create_policy or cls.policy, told=cls.create_told, shown=cls.shown)
        is_list = name == "list"
        if is_list:
            return Spec(policy=cls.policy, asked=cls.asked, shown=cls.line or cls.shown, is_many=True)
        return Spec(policy=cls.policy, shown=cls.shown)

    @property
    def spec(self) -> Spec:
        """What the operation at hand declares."""
        return self.spec_of(self.action)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if "pk" in kwargs:
            self.row = self.load(locked=self.spec.needs_match)
        if self.row is not None:
            self.insist_on(self.spec.policy)
        else:
            self.spec.policy.admit(self.request)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Whatever lies between keeps no copy; a token names its person too late for the middleware of the pages.

        Who asked is not looked at: a form that cannot be answered was refused before anybody asked for that.
        """
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    @property
    def today(self) -> Any:
        """The date at the edge, Asia/Bangkok; passed into services and queries."""
        return timezone.localdate()

    @property
    def by(self) -> dict[str, Any]:
        """Who acts, and on which day, for services."""
        return {"by": self.request.user, "today": self.today}

    @property
    def by_now(self) -> dict[str, Any]:
        """Who acts, and at which moment."""
        return {"by": self.request.user, "now": timezone.now()}

    @property
    def at_once(self) -> dict[str, Any]:
        """Who acts, on which day and at which moment."""
        return {**self.by, **self.by_now}

    def rows(self) -> models.QuerySet:
        """The rows this person may see; to look one up where the address names it."""
        guarded: Any = self.model.objects  # type: ignore[attr-defined]
        seen = guarded.lookup_for if "pk" in self.kwargs else guarded.visible_to
        return cast(models.QuerySet, seen(self.request.user))

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        """The rows of a list for the filters asked."""
        return self.rows()

    def load(self, *, locked: bool = False) -> Any:
        """The row of the address, or 404."""
        rows = self.rows().select_for_update(of=("self",)) if locked else self.rows()
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_part(self, rows: models.Manager, number: str) -> Any:
        """One of the rows that hang on the loaded row, or 404."""
        return get_object_or_404(rows, pk=number)

    def read(self, serializer: type[Strict], data: Any = None) -> dict[str, Any]:
        """The validated body; raises ValidationError naming the fields."""
        told = serializer(data=self.request.data if data is None else data, context=self.get_serializer_context())
        told.is_valid(raise_exception=True)
        return dict(told.validated_data)

    def filters(self, *but: str) -> dict[str, Any]:
        """What the address asks for, without those of its pages; raises ValidationError naming the fields."""
        wanted = {name: value for name, value in self.request.query_params.items() if name not in but}
        return self.read(self.spec.asked, wanted)

    def represented(self, row: Any) -> Any:
        """A row as it is answered."""
        return plain(self.shown(row, context=self.get_serializer_context()).data)

    def answer(self, row: Any) -> Response:
        """A row with its ETag."""
        body = self.represented(row)
        return Response(body, headers={"ETag": etag(body)})

    def insist_on(self, policy: DeclaredPolicy) -> None:
        """Refuse (403) where what is told of the row needs more than the policy of the act."""
        policy.admit(self.request)
        policy.admit_row(self.request, self.row)

    def insist_on_match(self) -> None:
        """Refuse a change of a record whose present state the sender has not seen."""
        wanted = self.request.headers.get("If-Match", "").strip()
        if not wanted:
            raise MatchMissing
        if wanted != "*" and etag(self.represented(self.row)) not in [tag.strip() for tag in wanted.split(",")]:
            raise MatchStale

    def make(self, act: Callable[[], Any], represented: Callable[[Any], Any], location: str = "") -> Response:
        """Make a new row; with an Idempotency-Key a second request gets the first answer again."""

        def made() -> Answer:
            row = act()
            where = reverse(location, args=[row.pk], request=self.request) if location else ""
            return Answer(status=status.HTTP_201_CREATED, location=where, body=represented(row))

        key = self.request.headers.get("Idempotency-Key")
        if key is None:
            answer = made()
        else:
            mark = fingerprint("POST", self.request.path, self.request.data)
            answer = once(user=self.request.user, key=key, fingerprint=mark, act=made)
        headers = {"Location": answer.location} if answer.location else {}
        return Response(answer.body, status=answer.status, headers=headers)


class Listed(Resource):
    """Offers the list, page by page."""

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.listed(self.filters("cursor", "page_size")))
        lines = self.spec.shown(page, many=True, context=self.get_serializer_context())
        return self.get_paginated_response(lines.data)


class Detailed(Resource):
    """Offers one row with its ETag."""

    def retrieve(self, request: Request, pk: str) -> Response:
        self.opened(self.row)
        return self.answer(self.row)

    def opened(self, row: Any) -> None:
        """Note in the history that the record was read, where reading is noted."""


class Created(Resource):
    """Offers making a new row by one service call."""

    def create(self, request: Request) -> Response:
        told = self.read(self.create_told)
        return self.make(lambda: self.made(told), self.represented, f"api:{self.basename}-detail")

    def made(self, told: dict[str, Any]) -> Any:
        """Call the one service."""
        raise NotImplementedError


Method = Callable[..., Any]


def act(path: str, *, policy: DeclaredPolicy, told: type[Strict] = Nothing) -> Callable[[Method], Any]:
    """A change of one row: POST to row/path/ with If-Match; answers the row as it is then."""

    def decorate(method: Method) -> Any:
        def run(self: Resource, request: Request, pk: str, **parts: str) -> Response:
            values = self.read(told)
            self.insist_on_match()
            method(self, values, **parts)
            return self.answer(self.load())

        run.spec = Spec(policy=policy, told=told, needs_match=True)  # type: ignore[attr-defined]
        return action(detail=True, methods=["post"], url_path=path)(_named(run, method))

    return decorate


def part(path: str, *, policy: DeclaredPolicy, shown: Any) -> Callable[[Method], Any]:
    """Rows that hang on one row: GET row/path/ answers them as a list."""

    def decorate(method: Method) -> Any:
        def run(self: Resource, request: Request, pk: str) -> Response:
            return Response(shown(method(self), many=True, context=self.get_serializer_context()).data)

        run.spec = Spec(policy=policy, shown=shown, is_many=True)  # type: ignore[attr-defined]
        return action(detail=True, methods=["get"], url_path=path, pagination_class=None)(_named(run, method))

    return decorate


def add(to: Any, *, policy: DeclaredPolicy, told: type[Strict]) -> Callable[[Method], Any]:
    """A new row of a part: POST row/path/; an Idempotency-Key makes it once."""
    shown = to.spec.shown

    def decorate(method: Method) -> Any:
        def run(self: Resource, request: Request, pk: str) -> Response:
            values, context = self.read(told), self.get_serializer_context()
            return self.make(lambda: method(self, values), lambda row: plain(shown(row, context=context).data))

        run.spec = Spec(policy=policy, told=told, shown=shown)  # type: ignore[attr-defined]
        return to.mapping.post(_named(run, method))

    return decorate


def _named(run: Method, method: Method) -> Method:
    run.__name__, run.__qualname__, run.__doc__ = method.__name__, method.__qualname__, method.__doc__
    return run
