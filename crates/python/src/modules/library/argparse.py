"""`argparse`: options and arguments of programs."""

from _argparse_actions import (Action, BooleanOptionalAction, FileType, Namespace, _AppendAction, _AppendConstAction,
                               _CountAction, _ExtendAction, _HelpAction, _StoreAction, _StoreConstAction,
                               _StoreFalseAction, _StoreTrueAction, _SubParsersAction, _VersionAction)
from _argparse_help import (ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE,
                            ArgumentDefaultsHelpFormatter, ArgumentError, ArgumentTypeError, HelpFormatter,
                            MetavarTypeHelpFormatter, RawDescriptionHelpFormatter, RawTextHelpFormatter,
                            _AttributeHolder)
from _argparse_parser import ArgumentParser, _ActionsContainer, _ArgumentGroup, _MutuallyExclusiveGroup

__all__ = ["ArgumentParser", "ArgumentError", "ArgumentTypeError", "BooleanOptionalAction", "FileType",
           "HelpFormatter", "ArgumentDefaultsHelpFormatter", "RawDescriptionHelpFormatter", "RawTextHelpFormatter",
           "MetavarTypeHelpFormatter", "Namespace", "Action", "ONE_OR_MORE", "OPTIONAL", "PARSER", "REMAINDER",
           "SUPPRESS", "ZERO_OR_MORE"]
