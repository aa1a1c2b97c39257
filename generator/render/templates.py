"""The templates: where they are found, what they may use, and where a mistake in one is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping
from functools import lru_cache
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from markupsafe import escape

from generator.diagnostics import Diagnostic, Position, error

# Text formats in which `<` and `&` are themselves.
_PLAIN = (".txt", ".md")


class TemplateLoader(BaseLoader):
    """Finds each template in the first of several folders that has it."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The template's text and file. Raises TemplateNotFound."""
        path = find(self._folders, template)
        if path is None:
            raise TemplateNotFound(template)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as why:
            raise TemplateSyntaxError("this template is not UTF-8", 1, template, str(path)) from why
        return text, str(path), lambda: True


def find(folders: tuple[Path, ...], name: str) -> Path | None:
    """The file of a template or asset in the first folder that has it; never outside of them."""
    parts = name.split("/")
    if not name or any(part in ("", ".", "..") or "\\" in part for part in parts):
        return None
    for folder in folders:
        path = folder.joinpath(*parts)
        if path.is_file():
            return path
    return None


@lru_cache(maxsize=8192)
def _escaped(text: str) -> str:
    return str(escape(text))


class _CodeGenerator(CodeGenerator):
    """Prints values with `printed`, at a third of the cost of Jinja's own `escape`."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.printed(")


class _Template(Template):
    """A template that gives one text, which costs less to hand on than its many pieces."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002  # its name in Jinja
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        template = super().from_code(environment, code, globals, uptodate)
        pieces = template.root_render_func

        def whole(context: Context) -> Iterator[str]:
            yield "".join(pieces(context))

        template.root_render_func = whole
        return template


class _Environment(Environment):
    code_generator_class = _CodeGenerator
    template_class = _Template

    def __init__(
        self, loader: BaseLoader | None = None, compiled: BytecodeCache | None = None
    ) -> None:
        super().__init__(
            loader=loader,
            bytecode_cache=compiled,
            # On, but for plain text.
            autoescape=lambda name: name is None or not name.endswith(_PLAIN),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._loaded: dict[str | Template, Template] = {}
        # The same values must give the same bytes.
        for varying in ("lipsum",):
            del self.globals[varying]
        for varying in ("random", "pprint"):
            del self.filters[varying]

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  # its name in Jinja
    ) -> Template:
        """The template with that name, which is loaded once: Jinja asks here at each include."""
        known = self._loaded.get(name)
        if known is None:
            known = self._loaded[name] = super().get_template(name, parent, globals)
        return known

    def compile(  # type: ignore[override]  # what Jinja's loaders ask for, of its several forms
        self, source: str, name: str, filename: str
    ) -> CodeType:
        """A template's code. Raises TemplateSyntaxError."""
        return _code(source, name, filename, frozenset(self.filters))

    @staticmethod
    def printed(value: Any) -> str:
        """What a template prints for a value: its HTML, or its text escaped."""
        if type(value) is str:
            return _escaped(value)
        if hasattr(value, "__html__"):
            html: str = value.__html__()
            return html
        return _escaped(str(value))

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template as one dictionary, which is copied for each include."""
        return {**self.globals, **(d or {})}


def environment(
    folders: tuple[Path, ...],
    filters: dict[str, Callable[..., Any]],
    compiled: BytecodeCache | None = None,
) -> Environment:
    """The environment of all templates: strict, escaping, with nothing that varies or reaches out."""
    env = _Environment(TemplateLoader(folders), compiled)
    env.filters.update(filters)
    return env


@lru_cache(maxsize=1024)
def _code(source: str, name: str, filename: str, filters: frozenset[str]) -> CodeType:
    """A template's code, for every site in which it has the same text and place."""
    env = _Environment()
    env.filters.update(dict.fromkeys(filters - env.filters.keys(), _not_yet))
    code: CodeType = Environment.compile(env, source, name, filename)
    return code


def _not_yet(*_: Any, **__: Any) -> Any:
    """Stands for a filter while a template is compiled: Jinja calls it where it knows the values,
    and would keep in the code what the filter makes of them for one site.
    """
    raise LookupError("what this filter gives depends on the site")


def mistake(why: Exception, folders: tuple[Path, ...], root: Path, page: str) -> Diagnostic:
    """A template's failure as a diagnostic with the template's own file and line.

    `page` names the page that was being rendered; `root` is the site's folder.
    """
    place = _place(why, folders)
    message = _message(why)
    hint = f"while making {page}"
    if place is None:
        return error("layouts", message, hint=hint)
    path, line = place
    return error(shown(path, root), message, Position(line), hint)


def _place(why: Exception, folders: tuple[Path, ...]) -> tuple[Path, int] | None:
    if isinstance(why, TemplateSyntaxError) and why.filename:
        return Path(why.filename), why.lineno
    found = None
    trace: TracebackType | None = why.__traceback__
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if any(path.is_relative_to(folder) for folder in folders):
            found = (path, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _message(why: Exception) -> str:
    if isinstance(why, TemplateNotFound):
        return f"there is no template {why.name!r}"
    if isinstance(why, TemplateError):
        text = why.message or type(why).__name__
        return re.sub(r"'generator\.[\w.]*?(\w+) object'", r"this \1", text)
    return f"{type(why).__name__}: {why}"


def shown(path: Path, root: Path) -> str:
    """A template's path as messages name it: from the site's folder, where it lies in it."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
