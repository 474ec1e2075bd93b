// A provider imports this module and nothing else, so what its source spells comes along: header names, JSON paths.
@_exported public import HTTPTypes
@_exported public import LosslessJSON
